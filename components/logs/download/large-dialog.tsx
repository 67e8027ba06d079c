'use client'

import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { type LargeChoice, memoryBytes, savePicker } from './save-stream.ts'

/** A download has grown large: into a file as it comes, or on into memory. */
export function LargeDialog({ name, onChoose }: { name: string; onChoose: (choice: LargeChoice) => void }) {
  const pick = savePicker()
  const toFile = async (): Promise<void> => {
    const handle = await pick?.({ suggestedName: name }).catch(() => null)
    if (handle) onChoose({ file: await handle.createWritable() })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={() => onChoose('stop')}
      title={`This download is larger than ${memoryBytes / 1024 / 1024} MB`}
      description={
        pick
          ? 'Choose a file: it is written as it comes and takes no memory.'
          : 'This browser lets a page write no file as it comes: the whole download is held in memory until it is through. A time range or a filter makes it smaller.'
      }
      footer={
        <>
          <Button onClick={() => onChoose('stop')}>Stop</Button>
          <Button tone={pick ? 'plain' : 'primary'} onClick={() => onChoose('memory')}>
            Hold it in memory
          </Button>
          {pick ? (
            <Button tone="primary" onClick={() => void toFile()}>
              Choose a file
            </Button>
          ) : null}
        </>
      }
    />
  )
}
