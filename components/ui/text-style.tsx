import type { CSSProperties } from 'react'
import { paletteColor, type TextStyle } from '#lib/logs/ansi'

/** The eight colours of a terminal in those of the page. */
const terminalColors = ['--idle', '--bad', '--good', '--warn', '--s1', '--s3', '--s2', '--text'] as const

/** How a stretch of coloured text looks; undefined where it is plain. */
export function cssOf(style: TextStyle): CSSProperties | undefined {
  if (Object.keys(style).length === 0) return undefined
  const front = colorOf(style.inverse ? (style.background ?? 'inverse') : style.color)
  const back = colorOf(style.inverse ? (style.color ?? 7) : style.background)
  const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean)
  return {
    ...(front ? { color: front } : {}),
    ...(back ? { backgroundColor: back } : {}),
    ...(style.bold ? { fontWeight: 600 } : {}),
    ...(style.dim ? { opacity: 0.7 } : {}),
    ...(style.italic ? { fontStyle: 'italic' } : {}),
    ...(lines.length > 0 ? { textDecoration: lines.join(' ') } : {}),
  }
}

function colorOf(color: number | string | undefined): string | undefined {
  if (color === undefined) return undefined
  if (color === 'inverse') return 'var(--bg)'
  if (typeof color === 'string') return color
  return paletteColor(color) ?? `var(${terminalColors[color % 8]})`
}
