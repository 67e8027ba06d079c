'use client'

import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Bar } from '#components/ui/bar'
import { useNowMs } from '#components/ui/relative-time'
import { formatBytes } from '#lib/format/bytes'
import { cx } from '#lib/format/cx'
import { formatSpan } from '#lib/format/time'
import { type JobLog, type ShownStep, type StepGroup, stepFraction } from '#lib/jobs/job-log'
import { StepMark } from './job-mark.tsx'

/** What a job does, step by step: bars, words and times; rows never move. */
export function JobSteps({ log }: { log: JobLog }) {
  const groups = log.groups()
  if (groups.length === 0)
    return log.job?.state === 'failed' ? null : (
      <p className="py-2 text-muted">
        {log.job?.state === 'waiting' ? 'It has not begun yet.' : 'It told of no steps; see its output.'}
      </p>
    )
  return (
    <ul aria-label="Steps" className="py-1">
      {groups.map((group) => (
        <li key={group.id}>
          {group.steps.length > 1 ? <Group group={group} /> : <Single step={group.steps[0]} />}
        </li>
      ))}
    </ul>
  )
}

function Group({ group }: { group: StepGroup }) {
  // Open while it works and where it failed; what went well is one line.
  const [choice, setChoice] = useState<boolean | null>(null)
  const isOpen = choice ?? (group.state !== 'done' && group.state !== 'cached' && group.state !== 'waiting')
  const done = group.steps.filter(({ state }) => state === 'done' || state === 'cached').length
  const cached = group.steps.filter(({ state }) => state === 'cached').length
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setChoice(!isOpen)}
        className="flex h-8 w-full items-center gap-2 rounded-md px-1 text-left -outline-offset-2 hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cx(
            'size-3.5 shrink-0 text-faint transition-transform duration-100',
            isOpen && 'rotate-90',
          )}
        />
        <StepMark state={group.state} />
        <span className="min-w-0 truncate font-medium">{group.label}</span>
        <span className="shrink-0 text-xs text-faint">
          {done} of {group.steps.length}
          {cached > 0 ? `, ${cached} cached` : ''}
        </span>
        <span className="ml-auto w-28 shrink-0">
          {group.state === 'done' || group.state === 'unfinished' ? null : (
            <Bar
              fraction={group.fraction}
              label={group.label}
              tone={group.state === 'failed' ? 'bad' : 'accent'}
            />
          )}
        </span>
      </button>
      {isOpen ? (
        <ul className="pl-5">
          {group.steps.map((step) => (
            <li key={step.id}>
              <Single step={step} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

function Single({ step }: { step: ShownStep | undefined }) {
  if (!step) return null
  const [, noun = '', name = step.label] = /^(Container|Network|Volume|Image) (.*)$/s.exec(step.label) ?? []
  const isMono = noun === '' && step.parentId !== undefined
  return (
    <div className="flex min-h-7 items-center gap-2 px-1 text-xs">
      <StepMark state={step.state} />
      <span
        className={cx('min-w-0 truncate', isMono && 'font-mono', step.state === 'waiting' && 'text-faint')}
        title={step.label}
      >
        {noun ? <span className="text-faint">{noun.toLowerCase()} </span> : null}
        {name}
      </span>
      <span
        className={cx('ml-auto shrink-0 text-right', step.state === 'failed' ? 'text-bad' : 'text-muted')}
      >
        {wordOf(step)}
      </span>
      <span className="w-28 shrink-0 text-right text-faint tabular-nums max-sm:w-14">
        <Measure step={step} />
      </span>
    </div>
  )
}

function wordOf({ state, detail, parentId }: ShownStep): string {
  if (state === 'unfinished') return detail ? `${detail}, not finished` : 'not finished'
  if (parentId?.startsWith('build '))
    return state === 'running' ? (detail ?? '') : state === 'done' ? '' : state
  return detail ?? state
}

/** Bytes while they move, else the time it took. */
function Measure({ step }: { step: ShownStep }) {
  const nowMs = useNowMs()
  const fraction = stepFraction(step)
  if (step.state === 'running' && step.totalBytes && fraction !== null)
    return (
      <span className="flex items-center gap-2">
        <span className="flex-1">
          <Bar fraction={fraction} label={step.label} />
        </span>
        <span className="max-sm:hidden">{formatBytes(step.currentBytes ?? 0)}</span>
      </span>
    )
  if (step.startedAtMs === undefined || step.state === 'cached') return null
  return <span suppressHydrationWarning>{formatSpan((step.endedAtMs ?? nowMs) - step.startedAtMs)}</span>
}
