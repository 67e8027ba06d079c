'use client'

import { errorCode } from '#lib/api/errors'
import { Button } from './button.tsx'

/** What went wrong, what to do about it, and a way to try again. Takes whatever was thrown. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { message, hint } = wordsOf(error)
  return (
    <div
      role="alert"
      className="flex flex-wrap items-start gap-x-4 gap-y-2 rounded-md border border-line border-l-[3px] border-l-bad bg-panel px-3.5 py-2.5"
    >
      <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        <p className="font-medium">{message}</p>
        {hint ? <p className="text-muted">{hint}</p> : null}
      </div>
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  )
}

/** The words for an error: its own when it has a code, plain ones when the request did not arrive. */
export function wordsOf(error: unknown): { message: string; hint: string | null } {
  if (errorCode(error) !== null && isWorded(error))
    return { message: error.message, hint: typeof error.hint === 'string' ? error.hint : null }
  if (error instanceof TypeError)
    return { message: 'Composure did not answer.', hint: 'Check that it still runs, then try again.' }
  return { message: 'Something went wrong on this page.', hint: 'Try again; if it stays, reload the page.' }
}

/** An error of ours, thrown here or told by the server inside an answer. */
function isWorded(error: unknown): error is { message: string; hint?: unknown } {
  return (
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
  )
}
