'use client'

import { useState } from 'react'
import { Field, Input } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { command } from '#lib/docker/command'
import { fromMs } from '#lib/logs/nano-time'
import { useLogPage } from '../log-page.tsx'
import { formatLocalTime, parseLocalTime } from './local-time.ts'

const wanted = 'Write it as 2026-11-24 22:05:07.'

/** Goes to a moment in the log. */
export function JumpDialog({ onClose }: { onClose: () => void }) {
  const { go, target, session } = useLogPage()
  const [text, setText] = useState(() => formatLocalTime(Date.now()))
  const [hasTried, setTried] = useState(false)
  const ms = parseLocalTime(text)
  const since = ms === null ? {} : { since: new Date(ms).toISOString() }
  const commands =
    target.kind === 'project'
      ? [command.composeLogs(target.name, [], since)]
      : [command.logs(session.sources[0]?.name ?? target.id.slice(0, 12), since)]
  return (
    <FormDialog
      title="Go to a time"
      submitLabel="Go there"
      commands={commands}
      onClose={onClose}
      check={() => {
        setTried(true)
        return ms !== null
      }}
      onSubmit={async () => {
        if (ms !== null) go({ at: fromMs(ms), line: null })
      }}
    >
      <Field label="Date and time, here" hint={wanted} error={hasTried && ms === null ? wanted : null}>
        {(control) => (
          <Input {...control} isMono value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  )
}
