'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { ErrorPanel } from '#components/ui/error-panel'
import { Field, Input } from '#components/ui/field'
import { FolderLinks } from '#components/ui/folder-form'
import { pages } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import { composeCommand } from '#lib/compose/arguments'
import { type ComposeFolder, projectFolder } from '#lib/compose/folder'
import { projectNameProblem } from '#lib/compose/names'
import { standardUp } from '#lib/compose/standard-options'
import { addPlace } from '../calls.ts'
import { NameChoice } from '../dialogs/option-fields.tsx'

/** What Compose finds in a folder, which files to take, and under which name to remember it. */
export function FoundFolder({
  folder,
  onLook,
  onClose,
}: {
  folder: ComposeFolder
  onLook: (path: string) => void
  onClose: () => void
}) {
  const [files, setFiles] = useState(folder.defaultFiles)
  const [envFiles, setEnvFiles] = useState(folder.defaultEnvFiles)
  const [project, setProject] = useState(folder.project)
  const [error, setError] = useState<unknown>(null)
  const queries = useQueryClient()
  const router = useRouter()
  const place = { project, workingDir: projectFolder(files, folder.path), configFiles: files, envFiles }
  const add = async () => {
    setError(null)
    try {
      await addPlace(place)
      await queries.invalidateQueries({ queryKey: queryKeys.composePlaces })
      onClose()
      router.push(pages.project(project))
    } catch (cause) {
      setError(cause)
    }
  }
  if (folder.files.length === 0) return <Below folder={folder} onLook={onLook} isAlone />
  const problem = projectNameProblem(project)
  return (
    <div className="grid gap-3">
      {folder.problem ? <ErrorPanel error={{ code: 'compose_invalid', ...folder.problem }} /> : null}
      {folder.services.length > 0 ? (
        <p className="text-muted">
          Compose finds {folder.services.join(', ')}
          {folder.isNamedByEnv ? ', in the files that COMPOSE_FILE in .env names' : ''}.
        </p>
      ) : null}
      <Choice
        label="Files, in this order"
        folder={folder.path}
        all={folder.files}
        chosen={files}
        onChange={setFiles}
      />
      <Choice
        label="Environment files instead of .env"
        folder={folder.path}
        all={[
          ...new Set([
            ...folder.defaultEnvFiles,
            ...folder.envFiles.filter((file) => !file.endsWith('/.env')),
          ]),
        ]}
        chosen={envFiles}
        onChange={setEnvFiles}
      />
      <Field label="Project name" error={problem}>
        {(control) => (
          <Input {...control} isMono value={project} onChange={(event) => setProject(event.target.value)} />
        )}
      </Field>
      <Below folder={folder} onLook={onLook} />
      <CommandBlock commands={[composeCommand(place, { verb: 'up', ...standardUp })]} />
      {error ? <ErrorPanel error={error} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          tone="primary"
          needs="admin"
          disabled={problem !== null || files.length === 0}
          onClick={() => void add()}
        >
          Add
        </Button>
      </div>
    </div>
  )
}

/** Files of the folder by their names. */
function Choice({
  label,
  folder,
  all,
  chosen,
  onChange,
}: {
  label: string
  folder: string
  all: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const base = folder === '/' ? '/' : `${folder}/`
  // A file that `.env` names may stand elsewhere: it keeps its whole path.
  const short = (file: string) => (file.startsWith(base) ? file.slice(base.length) : file)
  return (
    <NameChoice
      label={label}
      names={all.map(short)}
      chosen={chosen.map(short)}
      onChange={(names) => onChange(names.map((name) => (name.startsWith('/') ? name : base + name)))}
    />
  )
}

/** Folders right below that hold a project of their own. */
function Below({
  folder,
  onLook,
  isAlone = false,
}: {
  folder: ComposeFolder
  onLook: (path: string) => void
  isAlone?: boolean
}) {
  if (folder.below.length === 0)
    return isAlone ? (
      <p className="text-muted">There is no compose file here, nor in the folders right below.</p>
    ) : null
  return (
    <FolderLinks
      label={isAlone ? 'No compose file here, but in these folders' : 'Other projects right below'}
      folders={folder.below}
      onLook={onLook}
    />
  )
}
