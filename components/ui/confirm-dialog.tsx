'use client'

import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { CommandBlock } from './command-line.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorPanel } from './error-panel.tsx'

export interface ConfirmDialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Names the thing: "Remove backend-app?" */
  title: ReactNode
  /** What cannot be had back, one line each; empty when nothing is lost. */
  loses?: readonly ReactNode[]
  /** What stays, one line each. */
  keeps?: readonly ReactNode[]
  /** The docker commands this equals. */
  commands?: readonly (readonly string[])[]
  confirmLabel: string
  tone?: 'primary' | 'danger'
  isDisabled?: boolean
  width?: 'narrow' | 'wide'
  /** Runs the action; the dialog closes when it resolves and shows the error when it rejects. */
  onConfirm: () => Promise<void>
  /** Options, for example a checkbox. */
  children?: ReactNode
}

/** Asks before something is lost: says what goes, what stays, and which command it is. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, loses = [], keeps = [], commands = [], tone = 'danger' } = props
  const [isPending, setIsPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const confirm = async () => {
    setIsPending(true)
    setError(null)
    try {
      await props.onConfirm()
      onOpenChange(false)
    } catch (cause) {
      setError(cause)
    } finally {
      setIsPending(false)
    }
  }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(next) => {
        if (!next) setError(null)
        onOpenChange(next)
      }}
      title={props.title}
      width={props.width ?? 'narrow'}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            tone={tone}
            isPending={isPending}
            disabled={props.isDisabled ?? false}
            onClick={() => void confirm()}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {loses.length > 0 ? <Lines title="Lost for good" lines={loses} mark="bg-bad" /> : null}
        {keeps.length > 0 ? <Lines title="Kept" lines={keeps} mark="bg-idle" /> : null}
        {props.children}
        {commands.length > 0 ? <CommandBlock commands={commands} /> : null}
        {error ? <ErrorPanel error={error} /> : null}
      </div>
    </Dialog>
  )
}

function Lines({ title, lines, mark }: { title: string; lines: readonly ReactNode[]; mark: string }) {
  return (
    <div>
      <p className="text-xs text-faint">{title}</p>
      <ul className="mt-0.5 max-h-48 overflow-y-auto">
        {lines.map((line, index) => (
          <li key={index} className="flex gap-2 break-words [overflow-wrap:anywhere]">
            <span aria-hidden className={`mt-2 size-1 shrink-0 rounded-full ${mark}`} />
            <span className="min-w-0">{line}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
