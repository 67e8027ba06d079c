'use client'

import { useEffect, useRef } from 'react'
import { cx } from '#lib/format/cx'

/** A text with line numbers; the marked line is brought into view. Comments and keys are told apart by weight, not by colour alone. */
export function SourceText({ text, markedLine, label }: { text: string; markedLine: number; label: string }) {
  const marked = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (markedLine > 0) marked.current?.scrollIntoView({ block: 'center' })
  }, [markedLine])
  return (
    <ol aria-label={label} className="overflow-x-auto py-1 font-mono text-xs leading-5">
      {text
        .replace(/\n$/, '')
        .split('\n')
        .map((line, index) => {
          const isMarked = index + 1 === markedLine
          return (
            // Lines have no other name than their place.
            <li
              key={index}
              ref={isMarked ? marked : null}
              aria-current={isMarked ? 'location' : undefined}
              className={cx('flex w-max min-w-full whitespace-pre', isMarked && 'bg-bad-soft')}
            >
              <span aria-hidden className="w-10 shrink-0 pr-3 text-right text-faint select-none">
                {index + 1}
              </span>
              <Line text={line} />
            </li>
          )
        })}
    </ol>
  )
}

function Line({ text }: { text: string }) {
  const [, indent = '', key = '', rest = text] = /^(\s*(?:- )?)([\w.$-]+(?=[:=]))?(.*)$/s.exec(text) ?? []
  const comment = /(^|\s)#.*$/.exec(rest)
  const body = comment ? rest.slice(0, comment.index) : rest
  return (
    <span>
      {indent}
      <span className="font-medium">{key}</span>
      <span className="text-muted">{body}</span>
      {comment ? <span className="text-faint italic">{rest.slice(comment.index)}</span> : null}
    </span>
  )
}
