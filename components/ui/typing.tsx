/** True while typing belongs to a field, a terminal or a dialog, and single keys must not act. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(
      'input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="menu"], [data-keys="own"]',
    ) !== null
  )
}
