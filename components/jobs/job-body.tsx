'use client'

import { type ReactNode, useState } from 'react'
import { ErrorPanel } from '#components/ui/error-panel'
import { cx } from '#lib/format/cx'
import type { JobLog } from '#lib/jobs/job-log'
import { JobOutput, LineSpans } from './job-output.tsx'
import { JobSteps } from './job-steps.tsx'

const failureLines = 12

/** Steps of a job, with its raw output one click away; where it failed, the failing step and its last lines stand first. */
export function JobBody({ log, error }: { log: JobLog; error: unknown }) {
  const [choice, setChoice] = useState<'steps' | 'output' | null>(null)
  // A job without steps (a `run`) is its output; where only Composure spoke, it said why it failed.
  const hasOutput = log.lines.some(({ stream }) => stream !== 'note')
  const shown = choice ?? (log.steps.size === 0 && hasOutput ? 'output' : 'steps')
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <div role="group" aria-label="What to show" className="flex shrink-0 items-center gap-1 text-xs">
        <Choice isChosen={shown === 'steps'} onChoose={() => setChoice('steps')}>
          Steps
        </Choice>
        <Choice isChosen={shown === 'output'} onChoose={() => setChoice('output')}>
          Output <span className="text-faint">{log.lines.length.toLocaleString('en')} lines</span>
        </Choice>
      </div>
      {error ? <ErrorPanel error={error} /> : null}
      {shown === 'output' ? (
        <JobOutput log={log} />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Failure log={log} />
          <JobSteps log={log} />
        </div>
      )}
    </div>
  )
}

function Choice({
  isChosen,
  onChoose,
  children,
}: {
  isChosen: boolean
  onChoose: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={cx(
        'h-6 rounded-md px-2 pointer-coarse:h-9',
        isChosen ? 'bg-sunk font-medium text-text' : 'text-muted hover:bg-hover hover:text-text',
      )}
    >
      {children}
    </button>
  )
}

function Failure({ log }: { log: JobLog }) {
  if (log.job?.state !== 'failed') return null
  const failure = log.failure(failureLines)
  const lines =
    failure && failure.lines.length > 0
      ? failure.lines
      : log.lines.filter(({ stream }) => stream !== 'step').slice(-failureLines)
  return (
    <section
      aria-label="Why it failed"
      className="mb-1 rounded-md border border-line border-l-[3px] border-l-bad bg-panel px-3.5 py-2.5"
    >
      <p className="font-medium [overflow-wrap:anywhere]">{failure ? failure.step.label : log.job.result}</p>
      {failure?.step.error ? (
        <p className="text-xs text-muted [overflow-wrap:anywhere]">{failure.step.error}</p>
      ) : null}
      {lines.length > 0 ? (
        <pre className="mt-1.5 max-h-52 overflow-auto font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {lines.map((line) => (
            <div key={line.n}>
              <LineSpans text={line.text} />
            </div>
          ))}
        </pre>
      ) : null}
    </section>
  )
}
