'use client'

import { useId } from 'react'
import { CopyButton } from '#components/ui/copy-button'
import type { RunForm } from './run-form-store.tsx'

/** The `docker run` line of the form: what is written here fills the form, and the form writes here. */
export function LineEditor({ form }: { form: RunForm }) {
  const id = useId()
  const [problem] = form.lineProblems
  const more = form.lineProblems.length - 1
  // A form nobody has touched has nothing wrong with it yet.
  const isNew =
    form.spec.image === '' &&
    form.lineProblems.length <= 1 &&
    problem?.message.startsWith('The image is missing')
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        The same as a command
      </label>
      <div className="flex items-start gap-1 rounded-md border border-line bg-sunk py-1 pr-1 pl-3 focus-within:border-accent">
        <span aria-hidden className="py-1 font-mono text-xs leading-5 text-faint select-none">
          $
        </span>
        <textarea
          id={id}
          aria-describedby={`${id}-note`}
          aria-invalid={problem !== undefined && !isNew}
          value={form.line}
          rows={1}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => form.editLine(event.target.value)}
          className="field-sizing-content max-h-60 min-h-7 min-w-0 flex-1 resize-none bg-transparent px-1.5 py-1 font-mono text-xs leading-5 outline-none [overflow-wrap:anywhere]"
        />
        <CopyButton text={form.line} label="Copy the command" />
      </div>
      <p id={`${id}-note`} aria-live="polite" className="min-h-[18px] text-xs text-faint">
        {problem && !isNew ? (
          <span className="text-bad">
            <LinePlace line={form.line} start={problem.start} end={problem.end} />
            {problem.message}
            {more > 0 ? ` And ${more} more.` : ''}
          </span>
        ) : (
          'Paste a docker run line here to fill the form; change the form and this line follows.'
        )}
      </p>
    </div>
  )
}

/** Where in the line a mistake is: the words themselves. */
function LinePlace({ line, start, end }: { line: string; start: number; end: number }) {
  const place = line.slice(start, Math.min(end, start + 60)).trim()
  if (place === '') return null
  return (
    <>
      <code className="rounded-sm bg-bad-soft px-1 font-mono [overflow-wrap:anywhere]">{place}</code>{' '}
    </>
  )
}
