'use client'

import { useQuery } from '@tanstack/react-query'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import { type FileEntry, modeText } from '#lib/files/file-entry'
import { formatBytes } from '#lib/format/bytes'
import { showHidden } from '#lib/logs/visible-text'
import { fileTextQuery } from './calls.ts'
import type { FilePlace } from './file-place.ts'

/** A file as text, whatever is in it: only ever text, with hidden characters written out. */
export function FileTextView({
  place,
  path,
  file,
  onDownload,
}: {
  place: FilePlace
  path: string
  file: FileEntry
  onDownload: () => void
}) {
  const isReadable = file.type === 'file'
  const read = useQuery({ ...fileTextQuery(place, path), enabled: isReadable })
  if (!isReadable)
    return (
      <EmptyState title={`This is a ${file.type === 'device' ? 'device' : 'pipe or socket'}`}>
        It has no contents of its own that could be shown.
      </EmptyState>
    )
  if (read.isError) return <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <SkeletonRows label="Reading the file" />
  const { text, isBinary, sizeBytes, isCut, mode } = read.data
  return (
    <div className="grid gap-2 pt-2">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-muted">
        <span>{formatBytes(sizeBytes)}</span>
        <span className="font-mono">{modeText({ type: 'file', mode })}</span>
        {isCut && !isBinary ? <span className="text-warn">The first 512 KiB are shown.</span> : null}
        <Button className="ml-auto" needs="look" onClick={onDownload}>
          Download
        </Button>
      </p>
      {isBinary ? (
        <p className="py-8 text-muted">This is no text: download it to look into it.</p>
      ) : sizeBytes === 0 ? (
        <p className="py-8 text-muted">The file is empty.</p>
      ) : (
        <pre
          // A long file scrolls in its own box, by keyboard too.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label={`Contents of ${path}`}
          className="overflow-x-auto rounded-md border border-line bg-panel px-3 py-2 font-mono text-xs leading-5"
        >
          {text.split('\n').map(showHidden).join('\n')}
        </pre>
      )}
    </div>
  )
}
