import { CheckField } from '#components/ui/checkbox'
import { Field, Input, Select, Textarea } from '#components/ui/field'
import type { BuildFolder } from '#lib/builds/folder-build'
import type { BuildForm } from './use-build-form.ts'

/** The name, the file, the stage and the platform; with or without the cache. */
export function BuildFields({
  form: { request, edit, problems },
  folder,
  onDockerfile,
}: {
  form: BuildForm
  folder: BuildFolder
  onDockerfile: (dockerfile: string) => void
}) {
  const files = [...new Set([...folder.dockerfiles, folder.dockerfile])]
  return (
    <>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <Field label="Name of the image" hint="With a tag behind a colon, or latest." error={problems.name}>
          {(control) => (
            <Input
              {...control}
              isMono
              placeholder="team/app:1.2"
              value={request.name}
              onChange={(event) => edit({ name: event.target.value.trim() })}
            />
          )}
        </Field>
        <Field label="File" hint="-f: what to build from.">
          {(control) => (
            <Select
              {...control}
              value={folder.dockerfile}
              onChange={(event) => onDockerfile(event.target.value)}
            >
              {files.map((file) => (
                <option key={file}>{file}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Stage" hint="--target: where it stops.">
          {(control) => (
            <Select
              {...control}
              value={request.target}
              onChange={(event) => edit({ target: event.target.value })}
            >
              <option value="">the last</option>
              {folder.stages.map((stage) => (
                <option key={stage}>{stage}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label="Platform"
          hint="Another one needs its emulator on the machine."
          error={problems.platform}
        >
          {(control) => (
            <Input
              {...control}
              isMono
              placeholder="as the Engine"
              value={request.platform}
              onChange={(event) => edit({ platform: event.target.value.trim() })}
            />
          )}
        </Field>
      </div>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <CheckField
          label="Without the cache"
          hint="Every step again: slow, for steps that fetch something new."
          isChecked={request.isUncached}
          onChange={(isUncached) => edit({ isUncached })}
        />
        <CheckField
          label="Look for newer base images"
          isChecked={request.isPulled}
          onChange={(isPulled) => edit({ isPulled })}
        />
      </div>
    </>
  )
}

/** Build arguments, as lines; those of the file are told. */
export function ArgumentField({ form, known }: { form: BuildForm; known: BuildFolder['args'] }) {
  const names = known.map(({ name, value }) => (value === null ? name : `${name} (${value})`))
  return (
    <Field
      label="Arguments"
      hint={
        <>
          {names.length > 0 ? `The file takes ${names.join(', ')}. ` : ''}
          KEY=VALUE a line. They can be read in the image afterwards: for a secret there is a field of its
          own.
        </>
      }
      error={form.problems.args}
    >
      {(control) => (
        <Textarea
          {...control}
          isMono
          className="field-sizing-content min-h-12!"
          placeholder={known[0] ? `${known[0].name}=${known[0].value ?? '…'}` : 'VERSION=1.2'}
          value={form.texts.args}
          onChange={(event) => form.editText({ args: event.target.value })}
        />
      )}
    </Field>
  )
}
