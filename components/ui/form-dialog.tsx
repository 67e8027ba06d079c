'use client'

import { type ReactNode, useId, useState } from 'react'
import { Button } from './button.tsx'
import { CommandBlock } from './command-line.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorPanel } from './error-panel.tsx'

export interface FormDialogProps {
  title: ReactNode
  description?: ReactNode
  width?: 'narrow' | 'wide'
  submitLabel: string
  /** The docker commands this equals, as the fields stand; none where Docker knows nothing of it. */
  commands: readonly (readonly string[])[]
  onClose: () => void
  /** False when a field is wrong: the dialog stays and `onSubmit` is not called. */
  check: () => boolean
  /** Does it; the dialog closes when it resolves and shows the error when it rejects. */
  onSubmit: () => Promise<void>
  /** True when the error is shown at its field. */
  isShownAtField?: (error: unknown) => boolean
  children: ReactNode
}

/** A form over the page: Enter submits, mistakes stand at their field, what the server refuses stands below. */
export function FormDialog(props: FormDialogProps) {
  const formId = useId()
  const [isPending, setIsPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async () => {
    setError(null)
    if (!props.check()) return
    setIsPending(true)
    try {
      await props.onSubmit()
      props.onClose()
    } catch (cause) {
      setIsPending(false)
      setError(cause)
    }
  }
  return (
    <Dialog
      isOpen
      onOpenChange={props.onClose}
      title={props.title}
      description={props.description}
      width={props.width ?? 'narrow'}
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={formId} isPending={isPending}>
            {props.submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) void submit()
        }}
      >
        {props.children}
        {props.commands.length > 0 ? <CommandBlock commands={props.commands} /> : null}
        {error && !props.isShownAtField?.(error) ? <ErrorPanel error={error} /> : null}
      </form>
    </Dialog>
  )
}
