/** True while a key belongs to a field, a terminal, a dialog or the control that took it, and a page's single keys must not act. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  // ArrowDown on the button of a menu opens it.
  if (event.defaultPrevented) return true
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(
      'input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="menu"], [data-keys="own"]',
    ) !== null
  )
}
