import type { ITheme } from '@xterm/xterm'

const light = {
  black: '#1b1b19',
  red: '#b3261e',
  green: '#146c43',
  yellow: '#855300',
  blue: '#2450c4',
  magenta: '#8a3ab2',
  cyan: '#0b6e69',
  white: '#6a6963',
  brightBlack: '#5c5b56',
  brightRed: '#cf3a31',
  brightGreen: '#1b8052',
  brightYellow: '#9a6200',
  brightBlue: '#2f5fe0',
  brightMagenta: '#9a4bc2',
  brightCyan: '#0d7f7a',
  brightWhite: '#1b1b19',
}
const dark = {
  black: '#282826',
  red: '#ff7a70',
  green: '#4fc68c',
  yellow: '#e8b04a',
  blue: '#7ea2ff',
  magenta: '#cf9bf0',
  cyan: '#4ecdc4',
  white: '#d4d3ce',
  brightBlack: '#8b8a83',
  brightRed: '#ff9a92',
  brightGreen: '#7ddcac',
  brightYellow: '#f2c879',
  brightBlue: '#a3bdff',
  brightMagenta: '#e0bcf7',
  brightCyan: '#82e3dc',
  brightWhite: '#ffffff',
}

/** The terminal's colours: ground, text and selection are the page's own tokens, as they are now. */
export function readTheme(isDark: boolean): ITheme {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    ...(isDark ? dark : light),
    background: token('--panel'),
    foreground: token('--text'),
    cursor: token('--accent'),
    cursorAccent: token('--panel'),
    selectionBackground: isDark ? '#33447a' : '#cfdcfb',
    selectionForeground: token('--text'),
    scrollbarSliderBackground: isDark ? '#ffffff26' : '#00000026',
    scrollbarSliderHoverBackground: isDark ? '#ffffff40' : '#00000040',
  }
}
