'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTheme } from '#components/ui/theme'
import { copyText } from '#components/ui/copy-button'
import type { Screen } from './create-terminal.ts'
import { ExecConnection, type LineState } from './exec-connection.ts'
import { loadTerminal } from './measure.ts'
import { readTheme } from './terminal-theme.ts'
import type { Shell } from './use-shells.ts'

const encoder = new TextEncoder()
const usedTickets = new Set<string>()

export interface TerminalKeys {
  onSearch: () => void
  onLeave: () => void
}

export interface LiveTerminal {
  line: LineState
  screen: RefObject<Screen | null>
  /** Types for somebody without such keys. */
  type: (text: string) => void
}

/** A terminal in `host`, wired to a shell for as long as it is shown. */
export function useTerminal(
  host: RefObject<HTMLDivElement | null>,
  shell: Shell,
  look: { isActive: boolean; fontSize: number },
  keys: TerminalKeys,
): LiveTerminal {
  const [line, setLine] = useState<LineState>({ kind: 'connecting' })
  const screen = useRef<Screen | null>(null)
  const connection = useRef<ExecConnection | null>(null)
  const latest = useRef({ look, keys })
  const { isDark } = useTheme()
  const { id } = shell.session
  const { ticket } = shell

  useEffect(() => {
    latest.current = { look, keys }
  })

  useEffect(() => {
    let isGone = false
    let stop = (): void => {}
    void loadTerminal(latest.current.look.fontSize).then(({ createTerminal }) => {
      if (isGone || !host.current) return
      const made = createTerminal(host.current, {
        theme: readTheme(isDark),
        fontSize: latest.current.look.fontSize,
        size: { cols: 80, rows: 24 },
        mayAnswer: () => connection.current?.mayAnswer ?? false,
      })
      screen.current = made
      const ticketNow = ticket !== null && !usedTickets.has(ticket) ? ticket : null
      if (ticketNow) usedTickets.add(ticketNow)
      stop = connect(made, host.current, id, ticketNow)
    })
    return () => {
      isGone = true
      stop()
    }

    function connect(made: Screen, element: HTMLElement, sessionId: string, once: string | null): () => void {
      const { terminal } = made
      const measure = (): void => {
        const size = made.fit()
        if (!size || !latest.current.look.isActive) return
        if (size.cols !== terminal.cols || size.rows !== terminal.rows) terminal.resize(size.cols, size.rows)
        line.resize(size.cols, size.rows)
      }
      const line = new ExecConnection(
        sessionId,
        once,
        {
          reset: (cols, rows) => {
            terminal.reset()
            terminal.resize(cols, rows)
          },
          write: (bytes, done) => terminal.write(bytes, done),
          size: (cols, rows, isYours) => (isYours ? measure() : terminal.resize(cols, rows)),
          ready: () => {
            measure()
            if (latest.current.look.isActive) terminal.focus()
          },
        },
        setLine,
      )
      connection.current = line
      terminal.onData((text) => line.send(encoder.encode(text)))
      terminal.onBinary((text) => line.send(Uint8Array.from(text, (char) => char.charCodeAt(0) & 255)))
      terminal.attachCustomKeyEventHandler((event) => handleKey(event, made, latest.current.keys))
      terminal.textarea?.addEventListener('focus', measure)
      const watcher = new ResizeObserver(measure)
      watcher.observe(element)
      return () => {
        watcher.disconnect()
        line.close()
        connection.current = null
        screen.current = null
        made.dispose()
      }
    }
    // The theme is applied live below; a change must not start the terminal anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [host, id, ticket])

  useEffect(() => {
    const terminal = screen.current?.terminal
    if (!terminal) return
    terminal.options.theme = readTheme(isDark)
    terminal.options.fontSize = look.fontSize
    const size = screen.current?.fit()
    if (!look.isActive || !size) return
    terminal.resize(size.cols, size.rows)
    connection.current?.resize(size.cols, size.rows)
    terminal.focus()
  }, [isDark, look.fontSize, look.isActive])

  return {
    line,
    screen,
    type: (text) => {
      connection.current?.send(encoder.encode(text))
      screen.current?.terminal.focus()
    },
  }
}

/** False keeps a key from the shell. Ctrl+Shift+V is left to the browser, whose paste xterm takes (and brackets). */
function handleKey(event: KeyboardEvent, screen: Screen, keys: TerminalKeys): boolean {
  if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return true
  const { code } = event
  const actions: Record<string, () => void> = {
    KeyC: () => void copyText(screen.terminal.getSelection()),
    KeyF: keys.onSearch,
    KeyL: keys.onLeave,
  }
  const action = actions[code]
  if (action) {
    event.preventDefault()
    if (event.type === 'keydown') action()
  }
  return !action && code !== 'KeyV'
}
