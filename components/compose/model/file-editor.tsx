'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { Menu, MenuItem } from '#components/ui/menu'
import { RelativeTime } from '#components/ui/relative-time'
import { notify } from '#components/ui/toast'
import type { RevealedFile } from '#lib/compose/project-model'
import { revealFile, saveFile } from './calls.ts'
import { useChecked } from './use-checked.ts'
import { useEditor } from './use-editor.ts'

export interface FileEditorProps {
  project: string
  opened: RevealedFile
  onSaved: () => void
  onClose: () => void
}

/** Edits a file of a project: Compose looks at each pause, what it refuses is not saved, and the version before is kept. */
export function FileEditor({ project, opened, onSaved, onClose }: FileEditorProps) {
  const [file, setFile] = useState(opened)
  const [text, setText] = useState(opened.text)
  const [isSaving, setIsSaving] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const isChanged = text !== file.text
  const { problem, isChecking } = useChecked(project, file.path, text, isChanged)
  const { ref, replace } = useEditor({ file, problem, onChange: setText, onSave: () => void save() })
  const save = async (): Promise<void> => {
    if (!isChanged || isSaving || problem) return
    setIsSaving(true)
    setError(null)
    try {
      setFile(await saveFile(project, { path: file.path, text, hash: file.hash }))
      notify.done('Saved. Running containers keep the old settings until the next up.')
      onSaved()
    } catch (cause) {
      setError(cause)
    }
    setIsSaving(false)
  }
  const bringBack = async (versionId: number): Promise<void> => {
    setError(null)
    try {
      replace((await revealFile(project, { path: file.path, versionId })).text)
    } catch (cause) {
      setError(cause)
    }
  }
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          tone="primary"
          isPending={isSaving}
          disabled={!isChanged || problem !== null || isChecking}
          onClick={() => void save()}
        >
          Save
        </Button>
        <Button onClick={onClose}>{isChanged ? 'Discard' : 'Close'}</Button>
        {file.versions.length > 0 ? (
          <Menu label="Earlier versions" align="start" trigger={<Button>Earlier versions</Button>}>
            {file.versions.map(({ id, savedAtMs, savedBy }) => (
              <MenuItem key={id} onSelect={() => void bringBack(id)}>
                until <RelativeTime atMs={savedAtMs} />, replaced by {savedBy}
              </MenuItem>
            ))}
          </Menu>
        ) : null}
        <span className="min-w-0 text-xs text-muted" aria-live="polite">
          {problem ? (
            <span className="text-bad">
              {problem.line > 0 ? `Line ${problem.line}: ` : ''}
              {problem.message}
            </span>
          ) : isChecking ? (
            'Compose looks at it…'
          ) : isChanged ? (
            'Compose takes it.'
          ) : (
            'As it is on disk.'
          )}
        </span>
      </div>
      {error ? <ErrorPanel error={error} /> : null}
      <div
        ref={ref}
        className="max-h-[70vh] min-h-60 overflow-auto rounded-md border border-line-strong bg-panel text-xs"
      />
    </div>
  )
}
