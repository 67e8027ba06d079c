'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '#components/ui/dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { FolderForm } from '#components/ui/folder-form'
import { pathProblem } from '#lib/compose/folder'
import { folderQuery } from '../calls.ts'
import { FoundFolder } from './found-folder.tsx'

/** Adds a project from a folder of the machine: looks, shows what Compose finds there, remembers it. Nothing is started. */
export function AddProjectDialog({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState('')
  const [asked, setAsked] = useState('')
  const problem = asked === path && path !== '' ? pathProblem(path) : null
  const {
    data: folder,
    error,
    isFetching,
  } = useQuery({
    ...folderQuery(asked),
    enabled: asked !== '' && pathProblem(asked) === null,
    retry: false,
  })
  const look = (next: string) => {
    setPath(next)
    setAsked(next)
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      width="wide"
      title="Add a project from its folder"
      description="For a project that does not run yet. What runs is found by itself."
    >
      <FolderForm path={path} problem={problem} isLooking={isFetching} onChange={setPath} onLook={look} />
      {error ? <ErrorPanel error={error} /> : null}
      {folder ? <FoundFolder key={folder.path} folder={folder} onLook={look} onClose={onClose} /> : null}
    </Dialog>
  )
}
