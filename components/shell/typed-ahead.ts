let typed = ''

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') removeEventListener('keydown', onKey, true)
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Backspace') typed = typed.slice(0, -1)
  else if (event.key.length === 1) typed += event.key
  else if (event.key !== 'Enter') return
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** From now on keys are for something that is still on its way: none of them reaches the page. Escape lets go. */
export function holdTyping(): void {
  typed = ''
  addEventListener('keydown', onKey, true)
}

/** It is here and has the focus: what was typed since `holdTyping`, once. */
export function takeTyping(): string {
  removeEventListener('keydown', onKey, true)
  const text = typed
  typed = ''
  return text
}
