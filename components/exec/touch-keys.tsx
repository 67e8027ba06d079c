'use client'

import { useState } from 'react'
import { cx } from '#lib/format/cx'

const keys = [
  ['Esc', '\x1b', 'Escape'],
  ['Tab', '\t', 'Tab'],
  ['←', '\x1b[D', 'Left'],
  ['↑', '\x1b[A', 'Up'],
  ['↓', '\x1b[B', 'Down'],
  ['→', '\x1b[C', 'Right'],
] as const
const controls = ['c', 'd', 'z', 'l', 'r', 'a', 'e', 'u', 'w'] as const

/** The keys a phone's keyboard does not have. `Ctrl` shows the letters that go with it. */
export function TouchKeys({ onType }: { onType: (text: string) => void }) {
  const [isControl, setIsControl] = useState(false)
  const key =
    'h-10 min-w-10 shrink-0 rounded-md border border-line-strong bg-panel px-2 font-mono text-xs active:bg-hover'
  const control = (letter: string): void => {
    setIsControl(false)
    onType(String.fromCharCode(letter.charCodeAt(0) & 31))
  }
  return (
    <div
      role="toolbar"
      aria-label="Keys"
      className="flex shrink-0 gap-1 overflow-x-auto border-t border-line bg-sunk p-1 sm:pointer-fine:hidden"
    >
      <button
        type="button"
        aria-pressed={isControl}
        onClick={() => setIsControl(!isControl)}
        className={cx(key, isControl && 'border-accent text-accent')}
      >
        Ctrl
      </button>
      {isControl
        ? controls.map((letter) => (
            <button
              key={letter}
              type="button"
              aria-label={`Control ${letter}`}
              className={key}
              onClick={() => control(letter)}
            >
              ^{letter.toUpperCase()}
            </button>
          ))
        : keys.map(([label, text, name]) => (
            <button key={name} type="button" aria-label={name} className={key} onClick={() => onType(text)}>
              {label}
            </button>
          ))}
    </div>
  )
}
