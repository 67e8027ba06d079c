'use client'

import { useId, useState } from 'react'
import { showJob } from '#components/jobs/jobs-store'
import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { ErrorPanel } from '#components/ui/error-panel'
import { type BuildFolder, folderBuildCommand } from '#lib/builds/folder-build'
import { buildFolder } from '../calls.ts'
import { ContextPreview } from '../context-preview.tsx'
import { ArgumentField, BuildFields } from './build-fields.tsx'
import { SecretFields } from './secret-fields.tsx'
import { useBuildForm } from './use-build-form.ts'

/** How to build a folder, what of it would be sent, and the command it equals. */
export function BuildForm({
  folder,
  onDockerfile,
  onClose,
}: {
  folder: BuildFolder
  onDockerfile: (dockerfile: string) => void
  onClose: () => void
}) {
  const form = useBuildForm(folder)
  const formId = useId()
  const [isPending, setIsPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const build = async () => {
    setError(null)
    if (!form.check()) return
    setIsPending(true)
    try {
      showJob(await buildFolder(form.request))
      onClose()
    } catch (cause) {
      setIsPending(false)
      setError(cause)
    }
  }
  return (
    <form
      id={formId}
      noValidate
      className="mt-2 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) void build()
      }}
    >
      <BuildFields form={form} folder={folder} onDockerfile={onDockerfile} />
      <ArgumentField form={form} known={folder.args} />
      <SecretFields form={form} folder={folder} />
      {folder.context ? (
        <section aria-label="Build context" className="border-t border-line pt-3">
          <ContextPreview title="The build" context={folder.context} />
        </section>
      ) : null}
      <CommandBlock commands={[folderBuildCommand({ ...form.request, name: form.request.name || 'NAME' })]} />
      {error ? <ErrorPanel error={error} /> : null}
      <div className="sticky -bottom-4 -mx-5 -mb-4 flex justify-end gap-2 border-t border-line bg-panel px-5 py-3">
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" needs="admin" type="submit" isPending={isPending}>
          Build
        </Button>
      </div>
    </form>
  )
}
