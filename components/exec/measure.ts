import type { createTerminal } from './create-terminal.ts'
import { readTheme } from './terminal-theme.ts'

export interface Size {
  cols: number
  rows: number
}

/** xterm, and the font it draws with: a cell measured in another font would be of another size. */
export async function loadTerminal(fontSize: number): Promise<{ createTerminal: typeof createTerminal }> {
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font-geist-mono')
  const [module] = await Promise.all([
    import('./create-terminal.ts'),
    document.fonts.load(`${fontSize}px ${family || 'monospace'}`).catch(() => []),
  ])
  return module
}

/** Columns and rows a terminal will have in `stage`, from a real one that is there for a moment: the first prompt must fit. */
export async function measureStage(stage: HTMLElement, fontSize: number): Promise<Size> {
  const xterm = await loadTerminal(fontSize)
  const host = document.createElement('div')
  host.style.cssText = 'position:absolute;inset:0;visibility:hidden'
  stage.append(host)
  const size = { cols: 80, rows: 24 }
  const screen = xterm.createTerminal(host, {
    theme: readTheme(false),
    fontSize,
    size,
    mayAnswer: () => false,
  })
  const fitting = screen.fit()
  screen.dispose()
  host.remove()
  return fitting ?? size
}
