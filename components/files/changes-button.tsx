'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { Dialog } from '#components/ui/dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import { command } from '#lib/docker/command'
import { showHidden } from '#lib/logs/visible-text'
import { listChanges } from './calls.ts'

const letters = { added: 'A', changed: 'C', removed: 'D' } as const
const tones = { added: 'text-good', changed: 'text-warn', removed: 'text-bad' } as const

/** `docker diff`: every path that differs from the image. */
export function ChangesButton({ id, name }: { id: string; name: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button needs="look" onClick={() => setIsOpen(true)}>
        Changes
      </Button>
      {isOpen ? <ChangesDialog id={id} name={name} onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}

function ChangesDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const changes = useQuery({
    queryKey: ['changes', id],
    queryFn: ({ signal }) => listChanges(id, signal),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      width="wide"
      title={`What ${name} has changed`}
      description="Compared with its image. It goes when the container is removed or made again; mounts are not counted."
    >
      <div className="grid gap-3">
        {changes.isError ? <ErrorPanel error={changes.error} onRetry={() => void changes.refetch()} /> : null}
        {changes.isPending ? <SkeletonRows label="Comparing" count={4} /> : null}
        {changes.data?.changes.length === 0 ? <p>Nothing: its files are those of the image.</p> : null}
        {changes.data && changes.data.changes.length > 0 ? (
          <ul className="max-h-80 overflow-y-auto font-mono text-xs leading-5">
            {changes.data.changes.map(({ path, kind }) => (
              <li key={path} className="flex gap-3">
                <span className={tones[kind]}>
                  {letters[kind]}
                  <span className="sr-only"> {kind}</span>
                </span>
                <span className="min-w-0 [overflow-wrap:anywhere]">{showHidden(path)}</span>
              </li>
            ))}
          </ul>
        ) : null}
        {changes.data?.isCut ? (
          <p className="text-xs text-warn">There are more: only these were read.</p>
        ) : null}
        <CommandBlock commands={[command.diff(name)]} />
      </div>
    </Dialog>
  )
}
