'use client'

import {
  Download,
  File as FileIcon,
  FileSymlink,
  Folder,
  HardDrive,
  type LucideIcon,
  Pencil,
  Trash2,
} from 'lucide-react'
import Link from 'next/link'
import { Badge } from '#components/ui/badge'
import { Bytes } from '#components/ui/bytes'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuItem } from '#components/ui/menu'
import { RelativeTime } from '#components/ui/relative-time'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { type FileEntry, modeText } from '#lib/files/file-entry'
import { joinPath } from '#lib/files/inside-path'
import { showHidden } from '#lib/logs/visible-text'
import type { FileQuestion } from './change/file-question.tsx'
import { type FilePlace, pageOf } from './file-place.ts'

const icons: Readonly<Record<FileEntry['type'], LucideIcon>> = {
  file: FileIcon,
  folder: Folder,
  link: FileSymlink,
  device: HardDrive,
  other: FileIcon,
}

/** The things in a folder, folders first. */
export function FileTable({
  place,
  path,
  entries,
  cursor,
  onDownload,
  onAsk,
}: {
  place: FilePlace
  path: string
  entries: readonly FileEntry[]
  cursor: string | null
  onDownload: (path: string) => void
  onAsk: (question: FileQuestion) => void
}) {
  return (
    <Table label={`Files in ${path}`}>
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell align="end">Size</HeadCell>
        <HeadCell>Mode</HeadCell>
        <HeadCell>Owner</HeadCell>
        <HeadCell>Written</HeadCell>
        <HeadCell align="end">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <Row key={entry.name} data-row={entry.name} isCursor={cursor === entry.name}>
            <Cell narrow="title" className="@[44rem]/body:w-full @[44rem]/body:max-w-0">
              <EntryName place={place} path={path} entry={entry} />
            </Cell>
            <Cell align="end" narrow="end">
              {entry.sizeBytes === null ? (
                <span className="text-faint">–</span>
              ) : (
                <Bytes value={entry.sizeBytes} />
              )}
            </Cell>
            <Cell className="font-mono text-xs text-muted">{modeText(entry)}</Cell>
            <Cell className="font-mono text-xs text-muted">{entry.owner}</Cell>
            <Cell className="text-muted">
              {entry.modifiedAtMs === null ? '' : <RelativeTime atMs={entry.modifiedAtMs} />}
            </Cell>
            <Cell narrow="end" align="end">
              {entry.change === 'removed' || entry.type === 'device' || entry.type === 'other' ? null : (
                <IconButton
                  label={`Download ${showHidden(entry.name)}`}
                  needs="look"
                  icon={Download}
                  detail={entry.type === 'folder' ? 'as a tar' : undefined}
                  onClick={() => onDownload(joinPath(path, entry.name))}
                />
              )}
              {entry.change === 'removed' ? null : <EntryMenu entry={entry} onAsk={onAsk} />}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function EntryMenu({ entry, onAsk }: { entry: FileEntry; onAsk: (question: FileQuestion) => void }) {
  return (
    <Menu label={`More for ${showHidden(entry.name)}`}>
      <MenuItem icon={Pencil} needs="admin" onSelect={() => onAsk({ kind: 'rename', entry })}>
        Rename…
      </MenuItem>
      <MenuItem icon={Trash2} tone="danger" needs="admin" onSelect={() => onAsk({ kind: 'remove', entry })}>
        Remove…
      </MenuItem>
    </Menu>
  )
}

const changeWords = {
  added: { tone: 'good', letter: 'A', title: 'Added since it was made from its image' },
  changed: { tone: 'warn', letter: 'C', title: 'Changed since it was made from its image' },
  removed: { tone: 'bad', letter: 'D', title: 'In the image, and removed since' },
} as const

function EntryName({ place, path, entry }: { place: FilePlace; path: string; entry: FileEntry }) {
  const Icon = icons[entry.type]
  const name = showHidden(entry.name)
  const change = entry.change ? changeWords[entry.change] : null
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon
        aria-hidden
        className={entry.type === 'folder' ? 'size-4 shrink-0 text-accent' : 'size-4 shrink-0 text-faint'}
        strokeWidth={1.75}
      />
      {entry.change === 'removed' ? (
        <span className="truncate font-mono text-xs text-faint line-through">{name}</span>
      ) : (
        <Link
          href={pageOf(place, joinPath(path, entry.name))}
          prefetch={false}
          className="min-w-0 truncate font-mono text-xs hover:underline"
        >
          {name}
          {entry.type === 'folder' ? '/' : ''}
        </Link>
      )}
      {entry.linkTarget === '' ? null : (
        <span className="min-w-0 truncate font-mono text-xs text-faint">
          → {showHidden(entry.linkTarget)}
        </span>
      )}
      {change ? (
        <span title={change.title} className="shrink-0">
          <Badge tone={change.tone}>
            {change.letter}
            <span className="sr-only">: {change.title}</span>
          </Badge>
        </span>
      ) : null}
    </span>
  )
}
