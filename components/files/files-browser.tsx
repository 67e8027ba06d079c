'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { FilterBox, Toolbar } from '#components/ui/toolbar'
import { isTyping } from '#components/ui/typing'
import { useListKeys } from '#components/ui/use-list-keys'
import type { FileEntry, FolderListing } from '#lib/files/file-entry'
import { insidePathProblem, parentPath, tidyPath } from '#lib/files/inside-path'
import { folderQuery } from './calls.ts'
import { type FileQuestion, FileQuestionDialog } from './change/file-question.tsx'
import { ChangesButton } from './changes-button.tsx'
import { commandOf, type FilePlace, pageOf } from './file-place.ts'
import { FileTable } from './file-table.tsx'
import { FileTextView } from './file-text-view.tsx'
import { PathBar } from './path-bar.tsx'
import { DownloadList } from './transfer/download-list.tsx'
import { UploadButton } from './transfer/upload-button.tsx'
import { UploadList } from './transfer/upload-list.tsx'
import { useDownloads } from './transfer/use-downloads.ts'
import { useUploads } from './transfer/use-uploads.ts'

/** More rows than this only slow the page down: a filter finds the others. */
const shownRows = 500

/** The files of a container or a volume, one folder or file at a time; the address is the path. */
export function FilesBrowser({ place }: { place: FilePlace }) {
  const wanted = useSearchParams().get('path') ?? '/'
  const path = insidePathProblem(wanted) === null ? tidyPath(wanted) : '/'
  // They go on while somebody looks into other folders.
  const downloads = useDownloads(place)
  return <FilesAt key={path} place={place} path={path} downloads={downloads} />
}

function FilesAt({
  place,
  path,
  downloads,
}: {
  place: FilePlace
  path: string
  downloads: ReturnType<typeof useDownloads>
}) {
  const folder = useQuery(folderQuery(place, path))
  const here = folder.data?.path ?? path
  const uploads = useUploads(place, here)
  const [isOver, setIsOver] = useState(false)
  const [question, setQuestion] = useState<FileQuestion | null>(null)
  const filterRef = useRef<HTMLInputElement>(null)
  const bodyRef = useRef<HTMLDivElement>(null)
  const [filter, setFilter] = useState('')
  const entries = useMemo(() => sortEntries(folder.data?.entries ?? []), [folder.data])
  const found = entries.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
  const shown = found.slice(0, shownRows)
  const cursor = useListKeys({ rowKeys: shown.map(({ name }) => name), filterRef, bodyRef })
  useUpKey(place, path)
  const isFolder = folder.data?.entries !== null
  const save = (target: string) => void downloads.start(target)
  return (
    <>
      <Toolbar>
        <PathBar place={place} path={here} />
        {isFolder ? (
          <>
            <FilterBox inputRef={filterRef} value={filter} onChange={setFilter} label="Filter by name" />
            {place.kind === 'container' ? <ChangesButton id={place.id} name={place.name} /> : null}
            <Button needs="look" onClick={() => save(here)}>
              Download as tar
            </Button>
            <UploadButton onFiles={uploads.add} />
          </>
        ) : null}
      </Toolbar>
      <div
        role="presentation"
        data-over={isOver || undefined}
        className="flex min-h-0 flex-1 flex-col data-[over]:bg-accent-soft"
        onDragOver={(event) => {
          if (!isFolder || !event.dataTransfer.types.includes('Files')) return
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setIsOver(false)
          if (isFolder) uploads.add(event.dataTransfer.files)
        }}
      >
        <PageBody ref={bodyRef}>
          {folder.isError ? (
            <ErrorPanel error={folder.error} onRetry={() => void folder.refetch()} />
          ) : !folder.data ? (
            <SkeletonRows label="Reading the folder" count={10} />
          ) : folder.data.file ? (
            <FileTextView place={place} path={here} file={folder.data.file} onDownload={() => save(here)} />
          ) : (
            <>
              <FolderNotes listing={folder.data} hidden={found.length - shown.length} />
              {entries.length === 0 ? (
                <EmptyState title="The folder is empty">Drop a file here to upload it.</EmptyState>
              ) : (
                <FileTable
                  place={place}
                  path={here}
                  entries={shown}
                  cursor={cursor}
                  onDownload={save}
                  onAsk={setQuestion}
                />
              )}
            </>
          )}
        </PageBody>
      </div>
      <UploadList
        place={place}
        uploads={uploads.uploads}
        onReplace={uploads.replace}
        onClear={uploads.clear}
      />
      <DownloadList downloads={downloads.downloads} onClear={downloads.clear} />
      {question ? (
        <FileQuestionDialog
          place={place}
          folder={here}
          question={question}
          isMounted={folder.data?.isMounted ?? false}
          onClose={() => setQuestion(null)}
        />
      ) : null}
      <CommandLine
        command={commandOf(place, here, isFolder)}
        note={folder.data?.entries ? countWords(entries.length, folder.data.cut !== null) : null}
      />
    </>
  )
}

function FolderNotes({ listing, hidden }: { listing: FolderListing; hidden: number }) {
  return (
    <>
      {listing.cut === null ? null : (
        <p role="status" className="mb-2 text-xs text-warn">
          Names may be missing: {listing.cut}. A path you know still opens.
        </p>
      )}
      {listing.isMounted ? (
        <p className="mb-2 text-xs text-muted">
          A mount: it outlives the container, and its changes are not marked.
        </p>
      ) : null}
      {hidden > 0 ? (
        <p className="mb-2 text-xs text-muted">{hidden} more: write a part of the name to find them.</p>
      ) : null}
    </>
  )
}

/** Backspace goes up, as in any file manager. */
function useUpKey(place: FilePlace, path: string): void {
  const router = useRouter()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key !== 'Backspace' ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event) ||
        path === '/'
      )
        return
      event.preventDefault()
      router.push(pageOf(place, parentPath(path)))
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [router, place, path])
}

const countWords = (count: number, isCut: boolean): string =>
  `${count}${isCut ? '+' : ''} ${count === 1 ? 'name' : 'names'}`

function sortEntries(entries: readonly FileEntry[]): FileEntry[] {
  return entries.toSorted(
    (a, b) =>
      Number(b.type === 'folder') - Number(a.type === 'folder') ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
}
