'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { Field, Input } from '#components/ui/field'
import { notify } from '#components/ui/toast'
import type { HistoryLimits } from '#lib/api/history'
import { setLimits } from './calls.ts'

const megabyte = 1_000_000

/** The limits of the archive; what is beyond a smaller one goes when it is saved. */
export function LimitsForm({ limits, onSaved }: { limits: HistoryLimits; onSaved: () => void }) {
  const [total, setTotal] = useState(String(limits.maxBytes / megabyte))
  const [service, setService] = useState(String(limits.maxServiceBytes / megabyte))
  const [days, setDays] = useState(String(limits.maxAgeDays))
  const [error, setError] = useState<unknown>(null)
  const [isPending, setIsPending] = useState(false)
  const problems = [problemOf(total, 1), problemOf(service, 1), problemOf(days, 0.01)]
  const save = async () => {
    setIsPending(true)
    setError(null)
    try {
      await setLimits({
        maxBytes: Math.round(Number(total) * megabyte),
        maxServiceBytes: Math.round(Number(service) * megabyte),
        maxAgeDays: Number(days),
      })
      notify.done('The limits are set')
      onSaved()
    } catch (cause) {
      setError(cause)
    }
    setIsPending(false)
  }
  return (
    <form
      noValidate
      className="grid max-w-2xl gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (problems.every((problem) => problem === null)) void save()
      }}
    >
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-3">
        <Limit label="All logs, MB" value={total} onChange={setTotal} problem={problems[0]} />
        <Limit label="One service, MB" value={service} onChange={setService} problem={problems[1]} />
        <Limit label="Days" value={days} onChange={setDays} problem={problems[2]} />
      </div>
      {error ? <ErrorPanel error={error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button tone="primary" type="submit" needs="engine" isPending={isPending}>
          Save
        </Button>
        <p className="min-w-0 flex-1 basis-56 text-xs text-faint">
          Beyond a limit the oldest lines go first, at once when you save a smaller one; the log says where.
        </p>
      </div>
    </form>
  )
}

function Limit({
  label,
  value,
  onChange,
  problem,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  problem: string | null | undefined
}) {
  return (
    <Field label={label} error={problem ?? null}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

function problemOf(text: string, least: number): string | null {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) && value >= least ? null : `A number from ${least} on`
}
