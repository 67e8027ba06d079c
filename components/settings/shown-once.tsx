'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { Dialog } from '#components/ui/dialog'

/** A secret in front of the person who may hand it on: it can be copied now and never be seen again. */
export function ShownOnce({
  title,
  label,
  secret,
  onClose,
  children,
}: {
  title: string
  /** What it is, for the copy button: "the code". */
  label: string
  secret: string
  onClose: () => void
  children?: ReactNode
}) {
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={title}
      footer={
        <Button tone="primary" onClick={onClose}>
          I have it
        </Button>
      }
    >
      <div className="grid gap-3">
        <div className="flex items-start gap-1 rounded-md bg-sunk py-1 pr-1 pl-3">
          <code
            data-secret
            className="min-w-0 flex-1 py-1 font-mono text-xs leading-5 [overflow-wrap:anywhere] select-all"
          >
            {secret}
          </code>
          <CopyButton text={secret} label={`Copy ${label}`} />
        </div>
        {children}
      </div>
    </Dialog>
  )
}
