import type { ReactNode } from 'react'

/** A name or a value inside a sentence, to the letter. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <code className="rounded-sm bg-sunk px-1 py-px font-mono text-xs text-text [overflow-wrap:anywhere]">
      {children}
    </code>
  )
}

/** Sentences in parts: plain words, and names set apart. */
export function Sentences({ sentences }: { sentences: readonly (readonly (string | { code: string })[])[] }) {
  return sentences.map((parts, index) => (
    <span key={index}>
      {index > 0 ? ' ' : ''}
      {parts.map((part, place) => (typeof part === 'string' ? part : <Code key={place}>{part.code}</Code>))}
    </span>
  ))
}
