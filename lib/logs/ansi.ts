/** How a stretch of text is to look. Colours are `0..255` of the terminal's palette or `#rrggbb`. */
export interface TextStyle {
  color?: number | string
  background?: number | string
  bold?: true
  dim?: true
  italic?: true
  underline?: true
  strike?: true
  inverse?: true
  /** OSC 8 link; only http and https get here. */
  href?: string
}

export interface TextSpan {
  text: string
  style: TextStyle
}

// CSI; OSC up to BEL or ST; DCS, SOS, PM and APC up to ST; two-byte escapes; an escape that is cut off at the end.
const escapes =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|\u001b[ -/]*[0-OQ-WYZ\\`-~]|\u001b(?:\[[0-?]*[ -/]*)?$/g

/** The text without its escape sequences. */
export function stripAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(escapes, '').replaceAll('\u001b', '') : text
}

/** Text with colours to stretches of one style. Whatever else a terminal would do (move, erase, ask) is left out. */
export function parseAnsi(text: string): TextSpan[] {
  if (!text.includes('\u001b')) return [{ text, style: {} }]
  const spans: TextSpan[] = []
  let style: TextStyle = {}
  let at = 0
  const add = (end: number): void => {
    const stretch = text.slice(at, end).replaceAll('\u001b', '')
    if (stretch) spans.push({ text: stretch, style })
  }
  for (const match of text.matchAll(escapes)) {
    const [sequence] = match
    add(match.index)
    at = match.index + sequence.length
    if (/^\u001b\[[\d;:]*m$/.test(sequence)) style = applySgr(style, sequence.slice(2, -1))
    else if (sequence.startsWith('\u001b]8;')) style = applyLink(style, sequence)
  }
  add(text.length)
  return spans
}

function applyLink(style: TextStyle, sequence: string): TextStyle {
  const href = sequence.replace(/^\u001b\]8;[^;]*;/, '').replace(/(?:\u0007|\u001b\\)$/, '')
  const { href: _before, ...rest } = style
  return /^https?:\/\/[^\s]+$/i.test(href) ? { ...rest, href } : rest
}

function applySgr(before: TextStyle, parameters: string): TextStyle {
  let style: TextStyle = { ...before }
  const codes = parameters.split(/[;:]/).map((code) => Number(code || '0'))
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0
    if (code === 0) style = style.href ? { href: style.href } : {}
    else if (code === 38 || code === 48) {
      const { color, taken } = extendedColor(codes, i + 1)
      i += taken
      if (color !== null) style[code === 38 ? 'color' : 'background'] = color
    } else applyCode(style, code)
  }
  return style
}

function applyCode(style: TextStyle, code: number): void {
  if (code === 1) style.bold = true
  else if (code === 2) style.dim = true
  else if (code === 3) style.italic = true
  else if (code === 4 || code === 21) style.underline = true
  else if (code === 7) style.inverse = true
  else if (code === 9) style.strike = true
  else if (code === 22) {
    delete style.bold
    delete style.dim
  } else if (code === 23) delete style.italic
  else if (code === 24) delete style.underline
  else if (code === 27) delete style.inverse
  else if (code === 29) delete style.strike
  else if (code >= 30 && code <= 37) style.color = code - 30
  else if (code === 39) delete style.color
  else if (code >= 40 && code <= 47) style.background = code - 40
  else if (code === 49) delete style.background
  else if (code >= 90 && code <= 97) style.color = code - 90 + 8
  else if (code >= 100 && code <= 107) style.background = code - 100 + 8
}

function extendedColor(codes: number[], at: number): { color: number | string | null; taken: number } {
  if (codes[at] === 5) {
    const index = codes[at + 1] ?? 0
    return { color: index <= 255 ? index : null, taken: 2 }
  }
  if (codes[at] !== 2) return { color: null, taken: 0 }
  const channels = [codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0]
  if (channels.some((channel) => channel > 255)) return { color: null, taken: 4 }
  return { color: `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`, taken: 4 }
}

/** `#rrggbb` of a palette index from 16 on (6x6x6 cube and greys); null for 0..15, which are the theme's. */
export function paletteColor(index: number): string | null {
  if (index < 16 || index > 255) return null
  if (index >= 232) {
    const grey = (8 + (index - 232) * 10).toString(16).padStart(2, '0')
    return `#${grey}${grey}${grey}`
  }
  const levels = ['00', '5f', '87', 'af', 'd7', 'ff']
  const cube = index - 16
  return `#${levels[Math.floor(cube / 36)]}${levels[Math.floor(cube / 6) % 6]}${levels[cube % 6]}`
}
