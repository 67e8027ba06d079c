/** Where something small stands in the window, in CSS pixels. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export type Side = 'top' | 'right' | 'bottom' | 'left'

const gap = 6
const margin = 8
const opposite: Readonly<Record<Side, Side>> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' }

/** The left top corner of a box of this size on the wished side of `anchor`, or on the other one where it has more room. */
export function placeBeside(
  anchor: Box,
  size: { width: number; height: number },
  windowSize: { width: number; height: number },
  wished: Side,
): { left: number; top: number } {
  const isUpright = wished === 'top' || wished === 'bottom'
  const need = (isUpright ? size.height : size.width) + gap + margin
  const room = (side: Side): number => {
    if (side === 'top') return anchor.top
    if (side === 'left') return anchor.left
    if (side === 'bottom') return windowSize.height - anchor.top - anchor.height
    return windowSize.width - anchor.left - anchor.width
  }
  const isTooSmall = room(wished) < need && room(opposite[wished]) > room(wished)
  const side = isTooSmall ? opposite[wished] : wished
  const middle = {
    left: anchor.left + (anchor.width - size.width) / 2,
    top: anchor.top + (anchor.height - size.height) / 2,
  }
  const beside = {
    top: { left: middle.left, top: anchor.top - size.height - gap },
    bottom: { left: middle.left, top: anchor.top + anchor.height + gap },
    left: { left: anchor.left - size.width - gap, top: middle.top },
    right: { left: anchor.left + anchor.width + gap, top: middle.top },
  }[side]
  return {
    left: within(beside.left, windowSize.width - size.width),
    top: within(beside.top, windowSize.height - size.height),
  }
}

/** Inside the window's margins; from the beginning where there is too little room. */
const within = (at: number, last: number): number => Math.round(Math.max(margin, Math.min(at, last - margin)))
