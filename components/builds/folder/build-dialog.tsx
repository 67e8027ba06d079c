'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '#components/ui/dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { FolderForm, FolderLinks } from '#components/ui/folder-form'
import { pathProblem } from '#lib/compose/folder'
import { buildFolderQuery } from '../calls.ts'
import { BuildForm } from './build-form.tsx'

/** Builds an image from a folder of the machine that belongs to no project: looks, shows what would be sent, builds as a job. */
export function BuildDialog({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState('')
  const [asked, setAsked] = useState({ path: '', dockerfile: '' })
  const problem = asked.path === path && path !== '' ? pathProblem(path) : null
  const {
    data: folder,
    error,
    isFetching,
  } = useQuery({
    ...buildFolderQuery(asked.path, asked.dockerfile),
    enabled: asked.path !== '' && pathProblem(asked.path) === null,
    placeholderData: keepPreviousData,
  })
  const look = (next: string) => {
    setPath(next)
    setAsked({ path: next, dockerfile: '' })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      width="wide"
      title="Build an image from a folder"
      description="For a folder that belongs to no project. What a project builds is built from its page."
    >
      <FolderForm path={path} problem={problem} isLooking={isFetching} onChange={setPath} onLook={look} />
      {error ? <ErrorPanel error={error} /> : null}
      {folder && folder.path === asked.path && !error ? (
        folder.dockerfile === '' ? (
          <NothingToBuild below={folder.below} onLook={look} />
        ) : (
          <BuildForm
            key={folder.path}
            folder={folder}
            onDockerfile={(dockerfile) => setAsked({ path: asked.path, dockerfile })}
            onClose={onClose}
          />
        )
      ) : null}
    </Dialog>
  )
}

function NothingToBuild({ below, onLook }: { below: readonly string[]; onLook: (path: string) => void }) {
  if (below.length === 0)
    return <p className="text-muted">There is no Dockerfile here, nor in the folders right below.</p>
  return <FolderLinks label="No Dockerfile here, but in these folders" folders={below} onLook={onLook} />
}
