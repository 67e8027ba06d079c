import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { WebglAddon } from '@xterm/addon-webgl'
import { type ITheme, Terminal } from '@xterm/xterm'

export interface Screen {
  terminal: Terminal
  search: SearchAddon
  /** Columns and rows that fit its place, or null while it has none. */
  fit: () => { cols: number; rows: number } | null
  dispose: () => void
}

/**
 * xterm in `host`. It never acts on what a program asks of the window or the clipboard, and answers what programs ask the terminal
 * only while `mayAnswer` says so: an old screen shown again must not answer old questions.
 */
export function createTerminal(
  host: HTMLElement,
  options: {
    theme: ITheme
    fontSize: number
    size: { cols: number; rows: number }
    mayAnswer: () => boolean
  },
): Screen {
  const terminal = new Terminal({
    ...options.size,
    theme: options.theme,
    fontSize: options.fontSize,
    fontFamily: `${getComputedStyle(document.documentElement).getPropertyValue('--font-geist-mono') || 'monospace'}, ui-monospace, monospace`,
    lineHeight: 1.2,
    scrollback: 10_000,
    minimumContrastRatio: 4.5,
    cursorBlink: false,
    windowOptions: {},
    macOptionIsMeta: true,
    // What a program marks as a link (OSC 8) opens only on the web, and only what it says.
    linkHandler: { activate: (_event, uri) => openLink(uri), allowNonHttpProtocols: false },
  })
  const fit = new FitAddon()
  const search = new SearchAddon()
  terminal.loadAddon(fit)
  terminal.loadAddon(search)
  terminal.loadAddon(new WebLinksAddon((_event, uri) => openLink(uri)))
  silenceAnswers(terminal, options.mayAnswer)
  terminal.open(host)
  drawFast(terminal)
  // Tests and the browser's console read the buffer here; the canvas has no text.
  Object.assign(host, { terminal })
  const propose = (): { cols: number; rows: number } | null => {
    const size = fit.proposeDimensions()
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return null
    return { cols: clamp(size.cols, 2, 1000), rows: clamp(size.rows, 1, 500) }
  }
  return { terminal, search, fit: propose, dispose: () => terminal.dispose() }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

function openLink(uri: string): void {
  if (/^https?:\/\//i.test(uri)) window.open(uri, '_blank', 'noopener,noreferrer')
}

/** Where the graphics card cannot draw (or stops doing so), xterm's own DOM rows do. */
function drawFast(terminal: Terminal): void {
  try {
    const webgl = new WebglAddon()
    webgl.onContextLoss(() => webgl.dispose())
    terminal.loadAddon(webgl)
  } catch {
    // The DOM renderer is in place already.
  }
}

/** Device attributes, status and mode reports, colour queries: taken and left unanswered unless this page may answer. */
function silenceAnswers(terminal: Terminal, mayAnswer: () => boolean): void {
  const { parser } = terminal
  const swallow = (): boolean => !mayAnswer()
  for (const prefix of ['', '>', '=', '?']) {
    for (const final of ['c', 'n'])
      parser.registerCsiHandler({ ...(prefix ? { prefix } : {}), final }, swallow)
  }
  parser.registerCsiHandler({ prefix: '>', final: 'q' }, swallow)
  parser.registerCsiHandler({ intermediates: '$', final: 'p' }, swallow)
  parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, swallow)
  parser.registerCsiHandler({ final: 't' }, swallow)
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow)
  for (const code of [4, 10, 11, 12])
    parser.registerOscHandler(code, (data) => data.includes('?') && swallow())
}
