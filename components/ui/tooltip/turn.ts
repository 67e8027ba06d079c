/** Whose tooltip it is: `show` and `hide` are the tooltip's own. */
export interface Speaker {
  element: HTMLElement
  show: () => void
  hide: () => void
}

/** Before the first one, for a pointer that only passes; none for the next one, for this long after the last. */
const delayMs = 350
const warmMs = 250
/** Time to move the pointer from the element to its tooltip. */
const crossingMs = 120

let shown: Speaker | null = null
let shownUntilMs = -Infinity
let awaited: HTMLElement | null = null
let showing: ReturnType<typeof setTimeout> | undefined
let hiding: ReturnType<typeof setTimeout> | undefined
/** Pressed by the pointer that is over it: whoever has pressed knows what it is, so nothing is said until it leaves. */
let pressed: HTMLElement | null = null

/** Gives one tooltip of the page the word at a time. An element tells what happens to it. */
export const turn = {
  pointerOver(speaker: Speaker): void {
    const { element } = speaker
    if (element === pressed || element === awaited) return
    if (element === shown?.element) return clearTimeout(hiding)
    forget()
    if (current() !== null || performance.now() - shownUntilMs < warmMs) return give(speaker)
    awaited = element
    showing = setTimeout(() => give(speaker), delayMs)
  },

  pointerGone(element: HTMLElement): void {
    if (element === pressed) pressed = null
    if (element === awaited) forget()
    if (element === shown?.element) hiding = setTimeout(end, crossingMs)
  },

  /** The pointer is over the tooltip itself: it stays, so that it can be read and copied. */
  pointerOverWords: (): void => {
    clearTimeout(hiding)
  },

  pressed(element: HTMLElement): void {
    pressed = element
    turn.used(element)
  },

  used(element: HTMLElement): void {
    if (element === awaited) forget()
    if (element === shown?.element) end()
  },

  focused(speaker: Speaker): void {
    if (speaker.element !== pressed && speaker.element.matches(':focus-visible')) give(speaker)
  },

  end,
}

function give(speaker: Speaker): void {
  forget()
  if (!speaker.element.isConnected || speaker.element === shown?.element) return
  end()
  shown = speaker
  addEventListener('keydown', onEscape, true)
  addEventListener('scroll', onScroll, true)
  speaker.show()
}

function end(): void {
  clearTimeout(hiding)
  if (shown === null) return
  const { hide } = shown
  shown = null
  shownUntilMs = performance.now()
  removeEventListener('keydown', onEscape, true)
  removeEventListener('scroll', onScroll, true)
  hide()
}

function forget(): void {
  clearTimeout(showing)
  awaited = null
}

/** Who has the word; nobody, when its element went away under it. */
function current(): Speaker | null {
  if (shown !== null && !shown.element.isConnected) end()
  return shown
}

/** Escape takes the tooltip away first; what else it would do is for the next one. */
function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || current() === null) return
  event.preventDefault()
  end()
}

function onScroll({ target }: Event): void {
  if (target instanceof Node && shown !== null && target.contains(shown.element)) end()
}
