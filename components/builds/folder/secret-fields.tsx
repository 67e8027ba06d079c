import { Field, Textarea } from '#components/ui/field'
import type { BuildFolder } from '#lib/builds/folder-build'
import type { BuildForm } from './use-build-form.ts'

/** Files that steps read without the image ever holding them: secrets and SSH keys, an id and a path a line. */
export function SecretFields({ form, folder }: { form: BuildForm; folder: BuildFolder }) {
  return (
    <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
      <MountedFiles
        label="Secrets"
        form={form}
        field="secrets"
        known={folder.secrets}
        hint="ID=/path a line. Steps that mount one read it; the image never holds it."
        placeholder="npmrc=/home/me/.npmrc"
      />
      <MountedFiles
        label="SSH keys"
        form={form}
        field="sshKeys"
        known={folder.sshKeys}
        hint="ID=/path a line: a key, or an agent’s socket where it has a passphrase."
        placeholder="default=/home/me/.ssh/id_ed25519"
      />
    </div>
  )
}

function MountedFiles({
  label,
  form,
  field,
  known,
  hint,
  placeholder,
}: {
  label: string
  form: BuildForm
  field: 'secrets' | 'sshKeys'
  known: readonly string[]
  hint: string
  placeholder: string
}) {
  return (
    <Field
      label={label}
      hint={`${known.length > 0 ? `The file asks for ${known.join(', ')}. ` : ''}${hint}`}
      error={form.problems[field]}
    >
      {(control) => (
        <Textarea
          {...control}
          isMono
          className="field-sizing-content min-h-12!"
          placeholder={known[0] ? `${known[0]}=/…` : placeholder}
          value={form.texts[field]}
          onChange={(event) => form.editText({ [field]: event.target.value })}
        />
      )}
    </Field>
  )
}
