'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Bytes } from '#components/ui/bytes'
import type { HiddenFile, ImageAnalysis } from '#lib/images/analysis'

const firstCount = 12

/** The files nobody will ever read, largest first: who wrote each, and who hid it. */
export function HiddenFiles({ analysis: { hidden, hiddenFileCount } }: { analysis: ImageAnalysis }) {
  const [isAll, setIsAll] = useState(false)
  const shown = isAll ? hidden : hidden.slice(0, firstCount)
  return (
    <div>
      <h3 className="mb-1.5 text-xs text-muted">
        Hidden files
        {hiddenFileCount > shown.length
          ? `, the ${shown.length} largest of ${hiddenFileCount.toLocaleString('en')}`
          : ''}
      </h3>
      <ul className="border-t border-line">
        {shown.map((file) => (
          <li
            key={`${file.path} ${file.writtenIn} ${file.hiddenIn}`}
            className="flex min-h-8 min-w-0 flex-wrap items-baseline gap-x-4 border-b border-line py-1"
          >
            <span className="min-w-0 truncate font-mono text-xs">/{file.path}</span>
            <span className="text-xs text-faint">{wordsOf(file)}</span>
            <span className="ml-auto shrink-0 text-xs">
              <Bytes value={file.sizeBytes} />
            </span>
          </li>
        ))}
      </ul>
      {hidden.length > shown.length ? (
        <Button tone="ghost" className="mt-2" onClick={() => setIsAll(true)}>
          Show {hidden.length}
        </Button>
      ) : null}
    </div>
  )
}

function wordsOf({ writtenIn, hiddenIn, reason }: HiddenFile): string {
  const verb = reason === 'removed' ? 'removed' : 'replaced'
  return writtenIn === hiddenIn
    ? `${verb} in the layer that wrote it, ${writtenIn + 1}`
    : `written in layer ${writtenIn + 1}, ${verb} in ${hiddenIn + 1}`
}
