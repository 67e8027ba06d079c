'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { CheckField } from '#components/ui/checkbox'
import { Field, Input } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { command } from '#lib/docker/command'
import type { FileEntry } from '#lib/files/file-entry'
import { fileNameProblem, joinPath } from '#lib/files/inside-path'
import { showHidden } from '#lib/logs/visible-text'
import { folderQuery, removeFile, renameFile } from '../calls.ts'
import type { FilePlace } from '../file-place.ts'

/** What somebody wants to do with one thing of a folder. */
export interface FileQuestion {
  kind: 'rename' | 'remove'
  entry: FileEntry
}

interface Props {
  place: FilePlace
  folder: string
  entry: FileEntry
  isMounted: boolean
  onClose: () => void
}

/** Asks before a file is renamed or removed. */
export function FileQuestionDialog({ question, ...rest }: Omit<Props, 'entry'> & { question: FileQuestion }) {
  const props = { ...rest, entry: question.entry }
  return question.kind === 'rename' ? <RenameFile {...props} /> : <RemoveFile {...props} />
}

/** The tool a person would run: in the container, or beside the volume. */
function commandsOf(place: FilePlace, argv: readonly string[]) {
  return [
    place.kind === 'container' ? command.toolIn(place.name, argv) : command.toolOnVolume(place.name, argv),
  ]
}

const pathIn = (place: FilePlace, path: string): string => (place.kind === 'volume' ? `/volume${path}` : path)

function useFolderAgain(place: FilePlace, folder: string): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: folderQuery(place, folder).queryKey })
}

function RenameFile({ place, folder, entry, onClose }: Props) {
  const [name, setName] = useState(entry.name)
  const again = useFolderAgain(place, folder)
  const path = joinPath(folder, entry.name)
  const problem = fileNameProblem(name)
  return (
    <FormDialog
      title={`Rename ${showHidden(entry.name)}`}
      submitLabel="Rename"
      commands={commandsOf(place, ['mv', '--', pathIn(place, path), pathIn(place, joinPath(folder, name))])}
      onClose={onClose}
      check={() => problem === null && name !== entry.name}
      onSubmit={async () => {
        await renameFile(place, path, name)
        await again()
      }}
    >
      <Field label="New name" error={problem}>
        {(control) => (
          <Input
            {...control}
            isMono
            // The dialog was opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}

function RemoveFile({ place, folder, entry, isMounted, onClose }: Props) {
  const [isConfirmed, setIsConfirmed] = useState(false)
  const again = useFolderAgain(place, folder)
  const path = joinPath(folder, entry.name)
  const name = showHidden(entry.name)
  const isFolder = entry.type === 'folder'
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Remove ${name}?`}
      loses={[
        isFolder ? `${showHidden(path)} with everything in it` : showHidden(path),
        ...(isMounted || place.kind === 'volume' ? ['It goes for every container that mounts this.'] : []),
      ]}
      keeps={entry.type === 'link' ? [`What it leads to: ${showHidden(entry.linkTarget)}`] : []}
      commands={commandsOf(place, ['rm', '-rf', '--', pathIn(place, path)])}
      confirmLabel="Remove"
      isDisabled={isFolder && !isConfirmed}
      onConfirm={async () => {
        await removeFile(place, path)
        await again()
      }}
    >
      {isFolder ? (
        <CheckField label="All that is in it, too" isChecked={isConfirmed} onChange={setIsConfirmed} />
      ) : null}
    </ConfirmDialog>
  )
}
