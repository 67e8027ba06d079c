'use client'

import { useId } from 'react'
import { useImages } from '#components/live/hooks'
import { CheckField } from '#components/ui/checkbox'
import { Field, Input, Select } from '#components/ui/field'
import { Section } from '#components/ui/facts'
import { formatCommand } from '#lib/docker/command'
import { restartChoiceWords } from '#lib/docker/containers/restart-policy'
import { splitShellWords } from '#lib/run-line/shell-words'
import { DraftArea } from './draft-area.tsx'
import { TextField } from './run-field.tsx'
import type { RunForm } from './run-form-store.tsx'

/** Which image, under which name, doing what. */
export function StartFields({ form }: { form: RunForm }) {
  const images = useImages()
  const listId = useId()
  const { spec, edit } = form
  const isPulled = spec.image !== '' && form.faultOf('image') === null && form.image === null
  return (
    <Section title="What runs">
      <div className="grid gap-2">
        <datalist id={listId}>
          {images
            .flatMap(({ tags }) => tags)
            .map((tag) => (
              <option key={tag} value={tag}>
                {tag}
              </option>
            ))}
        </datalist>
        <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
          <TextField
            form={form}
            name="image"
            label="Image"
            list={listId}
            placeholder="postgres:17"
            hint={
              isPulled
                ? 'Not on this machine: it is pulled first.'
                : 'One that is here, or one of a registry.'
            }
          />
          <TextField
            form={form}
            name="name"
            label="Name"
            placeholder="web"
            hint="Empty: Docker makes one up."
          />
        </div>
        <DraftArea
          form={form}
          name="command"
          label="Command"
          hint="Empty: the image's own. Words as a shell reads them; no shell runs them."
          placeholder="sh -c 'echo hello'"
          rows={1}
          value={spec.command}
          print={formatCommand}
          read={readWords}
          onChange={(command) => edit({ command })}
        />
        <EntrypointField form={form} />
        <div className="grid items-start gap-x-4 gap-y-2 sm:grid-cols-2">
          <Field label="How it runs" hint={howHints[howOf(form)]}>
            {(control) => (
              <Select
                {...control}
                value={howOf(form)}
                onChange={({ target }) => edit(hows[target.value as How])}
              >
                <option value="background">In the background</option>
                <option value="terminal">With a terminal</option>
                <option value="once">Once, to read what it prints</option>
                {howOf(form) === 'other' ? <option value="other">As the line says</option> : null}
              </Select>
            )}
          </Field>
          <RestartField form={form} />
        </div>
        <CheckField
          label="Remove it when it ends"
          hint="--rm: with its own files and the volumes without a name."
          isChecked={spec.isRemovedAtEnd}
          onChange={(isRemovedAtEnd) => edit({ isRemovedAtEnd })}
        />
      </div>
    </Section>
  )
}

function readWords(text: string): { value: string[]; problem: string | null } {
  const { words, problem } = splitShellWords(text.replaceAll('\n', ' '))
  return { value: words.map((word) => word.text), problem: problem?.message ?? null }
}

const hows = {
  background: { isDetached: true, isInteractive: false, hasTty: false },
  terminal: { isDetached: false, isInteractive: true, hasTty: true },
  once: { isDetached: false, isInteractive: false, hasTty: false },
  other: {},
}
type How = keyof typeof hows

const howHints: Readonly<Record<How, string>> = {
  background: 'Goes on until it ends or is stopped.',
  terminal: 'Its page opens attached to it; leaving the page leaves it running.',
  once: 'Its page opens with its log.',
  other: 'A mixture of -d, -i and -t.',
}

function howOf({ spec }: RunForm): How {
  const found = (['background', 'terminal', 'once'] as const).find((how) =>
    Object.entries(hows[how]).every(([key, value]) => spec[key as 'isDetached'] === value),
  )
  return found ?? 'other'
}

function EntrypointField({ form }: { form: RunForm }) {
  const { entrypoint } = form.spec
  return (
    <Field
      label="Entrypoint"
      hint={
        entrypoint === ''
          ? 'None: the image’s own is dropped.'
          : 'Empty: the image’s own. One program; its words go into the command.'
      }
      error={form.faultOf('entrypoint')?.message ?? null}
    >
      {(control) => (
        <Input
          {...control}
          isMono
          placeholder="/docker-entrypoint.sh"
          value={entrypoint ?? ''}
          onChange={({ target }) => form.edit({ entrypoint: target.value === '' ? null : target.value })}
        />
      )}
    </Field>
  )
}

function RestartField({ form }: { form: RunForm }) {
  const { restart } = form.spec
  const isCounted = /^on-failure:\d+$/.test(restart)
  const known = ['', 'always', 'unless-stopped', 'on-failure']
  return (
    <Field
      label="When it ends"
      hint={restartChoiceWords(restart)}
      error={form.faultOf('restart')?.message ?? null}
    >
      {(control) => (
        <Select {...control} value={restart} onChange={({ target }) => form.edit({ restart: target.value })}>
          <option value="">it stays down</option>
          <option value="unless-stopped">start it again, unless stopped</option>
          <option value="always">start it again, always</option>
          <option value="on-failure">start it again after an error</option>
          {isCounted ? (
            <option value={restart}>after an error, {restart.slice(11)} times at most</option>
          ) : null}
          {!isCounted && !known.includes(restart) ? <option value={restart}>{restart}</option> : null}
        </Select>
      )}
    </Field>
  )
}
