'use client'

import { type ReactNode, useRef } from 'react'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { errorCode } from '#lib/api/errors'
import { refusedField } from '#lib/run/known-problems'
import type { RunAnswer, RunSpec } from '#lib/run/run-spec'
import { LineEditor } from './line-editor.tsx'
import { HealthFields, LimitFields, OptionFields, PairFields } from './more-fields.tsx'
import { MountRows } from './mount-rows.tsx'
import { NetworkRows } from './network-rows.tsx'
import { PortRows } from './port-rows.tsx'
import { useRunForm } from './run-form-store.tsx'
import { StartFields } from './start-fields.tsx'
import { useRun } from './use-run.ts'

/** The form of a new container and its line, with what is in the way at each field. */
export function RunFormView({
  title,
  initial,
  submitLabel,
  replacedId,
  send,
  notice,
}: {
  title: string
  initial: RunSpec
  submitLabel: string
  replacedId: string | null
  send: (spec: RunSpec) => Promise<RunAnswer>
  notice?: ReactNode
}) {
  const form = useRunForm(initial, replacedId)
  const { phase, error, run } = useRun(form, send)
  const formRef = useRef<HTMLFormElement>(null)
  const isBusy = phase !== 'asking'
  const submit = async () => {
    await run()
    // After the render that shows the mistakes: to the first of them.
    requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  return (
    <>
      <PageHeader title={title} />
      <PageBody>
        <form
          ref={formRef}
          id="run"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          {notice}
          <LineEditor form={form} />
          <fieldset disabled={isBusy} className="mt-4 grid gap-x-10 gap-y-7 @[60rem]/body:grid-cols-2">
            <div className="grid content-start gap-7">
              <StartFields form={form} />
              <PortRows form={form} />
              <MountRows form={form} />
              <NetworkRows form={form} />
            </div>
            <div className="grid content-start gap-7">
              <PairFields form={form} />
              <LimitFields form={form} />
              <HealthFields form={form} />
              <OptionFields form={form} />
            </div>
          </fieldset>
        </form>
      </PageBody>
      <footer className="grid shrink-0 gap-2 border-t border-line bg-sunk px-4 py-2 sm:px-6">
        {error && !isAtField(error) ? <ErrorPanel error={error} /> : null}
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span aria-live="polite" className="mr-auto text-xs text-muted">
            {wordsOf(phase, form.lineProblems.length, form.image === null && form.spec.image !== '')}
          </span>
          <Button tone="primary" needs="engine" type="submit" form="run" isPending={isBusy}>
            {submitLabel}
          </Button>
        </div>
      </footer>
    </>
  )
}

/** A hint of a refusal says the next step, so a fault with one is shown whole although its words stand at the field. */
function isAtField(error: unknown): boolean {
  if (!(error instanceof Error) || refusedField(errorCode(error), error.message) === null) return false
  return !('hint' in error) || error.hint === undefined
}

function wordsOf(phase: 'asking' | 'pulling' | 'starting', mistakes: number, isPulled: boolean): string {
  if (phase === 'pulling')
    return 'Pulling the image, see below. It is run when you stay until then; else only the image comes.'
  if (phase === 'starting') return 'Starting…'
  if (mistakes > 0) return 'The line has a mistake.'
  return isPulled ? 'The image is pulled first.' : ''
}
