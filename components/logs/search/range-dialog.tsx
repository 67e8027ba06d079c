'use client'

import { useState } from 'react'
import { Field, Input } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { command } from '#lib/docker/command'
import { boundsOf } from '#lib/logs/search/time-range'
import { useLogPage } from '../log-page.tsx'
import { formatLocalTime, parseLocalTime } from '../place/local-time.ts'

/** Chooses a range from one moment to another; an empty field leaves that end open. */
export function RangeDialog({ onClose }: { onClose: () => void }) {
  const { searchView, changeSearch, target, session } = useLogPage()
  const [bounds] = useState(() => boundsOf(searchView.range, Date.now()))
  const [from, setFrom] = useState(bounds.sinceMs === null ? '' : formatLocalTime(bounds.sinceMs))
  const [to, setTo] = useState(bounds.untilMs === null ? '' : formatLocalTime(bounds.untilMs))
  const [hasTried, setTried] = useState(false)
  const [sinceMs, untilMs] = [parseLocalTime(from), parseLocalTime(to)]
  const fromError = errorOf(from, sinceMs)
  const isTurned = sinceMs !== null && untilMs !== null && untilMs < sinceMs
  const toError = isTurned ? 'This is before the beginning.' : errorOf(to, untilMs)
  const options = {
    ...(sinceMs === null ? {} : { since: new Date(sinceMs).toISOString() }),
    ...(untilMs === null ? {} : { until: new Date(untilMs).toISOString() }),
  }
  return (
    <FormDialog
      title="Time range"
      submitLabel="Look at this range"
      commands={[
        target.kind === 'project'
          ? command.composeLogs(target.name, [], options)
          : command.logs(session.sources[0]?.name ?? target.id.slice(0, 12), options),
      ]}
      onClose={onClose}
      check={() => {
        setTried(true)
        return !fromError && !toError
      }}
      onSubmit={async () =>
        changeSearch({ range: sinceMs === null && untilMs === null ? null : { sinceMs, untilMs } })
      }
    >
      <Field label="From" hint="Empty: from the first line." error={hasTried ? fromError : null}>
        {(control) => (
          <Input {...control} isMono value={from} onChange={(event) => setFrom(event.target.value)} />
        )}
      </Field>
      <Field label="To" hint="Empty: up to now." error={hasTried ? toError : null}>
        {(control) => (
          <Input {...control} isMono value={to} onChange={(event) => setTo(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  )
}

function errorOf(text: string, ms: number | null): string | null {
  return text.trim() !== '' && ms === null ? 'Write it as 2026-11-24 22:05:07.' : null
}
