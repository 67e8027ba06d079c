'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import type { RevealedFile, SourceFile } from '#lib/compose/project-model'
import { revealFile } from './calls.ts'
import { SourceText } from './source-text.tsx'

// The editor is large, and few open it.
const FileEditor = dynamic(() => import('./file-editor.tsx').then((each) => each.FileEditor), {
  ssr: false,
  loading: () => <SkeletonRows label="Loading the editor" count={8} />,
})

export interface FilePanelProps {
  project: string
  file: SourceFile
  markedLine: number
  onSaved: () => void
}

/** One file of a project: to read, masked; to edit, as it is. */
export function FilePanel({ project, file, markedLine, onSaved }: FilePanelProps) {
  const [opened, setOpened] = useState<RevealedFile | null>(null)
  const [isOpening, setIsOpening] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const open = async (): Promise<void> => {
    setIsOpening(true)
    setError(null)
    try {
      setOpened(await revealFile(project, { path: file.path }))
    } catch (cause) {
      setError(cause)
    }
    setIsOpening(false)
  }
  if (opened)
    return <FileEditor project={project} opened={opened} onSaved={onSaved} onClose={() => setOpened(null)} />
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-3">
        <Button needs="admin" isPending={isOpening} disabled={!file.isWritable} onClick={() => void open()}>
          Edit
        </Button>
        <span className="text-xs text-faint">
          {file.isWritable
            ? file.isMasked
              ? 'Secrets are hidden here. Editing shows them, and the audit says who looked.'
              : ''
            : 'Read-only: the file or its folder may not be written from here.'}
        </span>
      </div>
      {error ? <ErrorPanel error={error} onRetry={() => void open()} /> : null}
      <SourceText text={file.text} markedLine={markedLine} label={file.path} />
    </>
  )
}
