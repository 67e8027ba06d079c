'use client'

import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { wordsOf } from '#components/ui/error-panel'
import { command } from '#lib/docker/command'
import { parentPath } from '#lib/files/inside-path'
import { formatBytes } from '#lib/format/bytes'
import { showHidden } from '#lib/logs/visible-text'
import type { FilePlace } from '../file-place.ts'
import type { Upload } from './use-uploads.ts'

/** What is being uploaded, and what waits for a yes because it would replace something. */
export function UploadList({
  place,
  uploads,
  onReplace,
  onClear,
}: {
  place: FilePlace
  uploads: readonly Upload[]
  onReplace: (upload: Upload) => void
  onClear: () => void
}) {
  if (uploads.length === 0) return null
  const isBusy = uploads.some(({ state }) => state === 'waiting' || state === 'sending')
  return (
    <section aria-label="Uploads" className="shrink-0 border-t border-line bg-panel px-4 py-2 sm:px-6">
      <ul className="grid max-h-44 gap-1 overflow-y-auto">
        {uploads.map((upload) => (
          <li key={upload.key} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
            <span className="min-w-0 truncate font-mono">{showHidden(upload.path)}</span>
            <span className="text-faint">{formatBytes(upload.file.size)}</span>
            <UploadState upload={upload} onReplace={() => onReplace(upload)} />
          </li>
        ))}
      </ul>
      {place.kind === 'container' ? (
        <div className="mt-1">
          <CommandBlock
            commands={uploads.map(({ file, path }) =>
              command.copyIn(file.name, place.name, parentPath(path)),
            )}
          />
        </div>
      ) : null}
      {isBusy ? null : (
        <Button tone="ghost" className="-ml-2.5" onClick={onClear}>
          Clear
        </Button>
      )}
    </section>
  )
}

function UploadState({ upload, onReplace }: { upload: Upload; onReplace: () => void }) {
  switch (upload.state) {
    case 'waiting':
      return <span className="text-muted">waiting</span>
    case 'sending':
      return (
        <>
          <span
            role="progressbar"
            aria-label={`Upload of ${upload.file.name}`}
            aria-valuenow={Math.floor(upload.fraction * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
            className="h-1 w-32 overflow-hidden rounded-full bg-sunk"
          >
            <span className="block h-full bg-accent" style={{ width: `${upload.fraction * 100}%` }} />
          </span>
          <Button tone="ghost" onClick={upload.cancel}>
            Cancel
          </Button>
        </>
      )
    case 'done':
      return <span className="text-good">uploaded</span>
    case 'exists':
      return (
        <>
          <span className="text-warn">{wordsOf(upload.error).message}</span>
          <Button needs="admin" onClick={onReplace}>
            Replace it
          </Button>
        </>
      )
    case 'failed': {
      const { message, hint } = wordsOf(upload.error)
      return (
        <span className="text-bad">
          {message} {hint}
        </span>
      )
    }
    default:
      return upload.state satisfies never
  }
}
