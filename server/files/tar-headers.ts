import 'server-only'
import type { IncomingMessage } from 'node:http'
import { extract, type Header } from 'tar-stream'
import type { FileEntry } from '#lib/files/file-entry'

/** How much of a tree is read to list one folder: the Engine sends all below it. */
export interface Budget {
  entries: number
  bytes: number
  timeMs: number
}

/** What stopped the reading, in words; null when all was read. */
export type Cut = string | null

/** Calls `visit` with each header and skips the bodies, until the budget is spent or `visit` says false. The archive is destroyed in any case. */
export async function readHeaders(
  archive: IncomingMessage,
  budget: Budget,
  visit: (header: Header) => boolean,
): Promise<Cut> {
  const state: { cut: Cut } = { cut: null }
  const tar = extract()
  const stop = (reason: string): void => {
    state.cut ??= reason
    archive.destroy()
    tar.destroy()
  }
  const timer = setTimeout(() => stop('reading it took too long'), budget.timeMs)
  let bytes = 0
  let entries = 0
  archive.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > budget.bytes) stop('there is too much below it')
  })
  archive.once('error', (error) => tar.destroy(error))
  archive.pipe(tar)
  try {
    for await (const entry of tar) {
      entries += 1
      if (!visit(entry.header)) return state.cut
      if (entries >= budget.entries) return 'there is too much below it'
      entry.resume()
    }
    return state.cut
  } catch (error) {
    if (state.cut !== null) return state.cut
    throw error
  } finally {
    clearTimeout(timer)
    archive.destroy()
    tar.destroy()
  }
}

const types: Readonly<Record<string, FileEntry['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  link: 'file',
  directory: 'folder',
  symlink: 'link',
  'character-device': 'device',
  'block-device': 'device',
  fifo: 'other',
}

/** A header as an entry of its folder. A second name of a file has no bytes of its own in a tar: its size is not known here. */
export function toEntry(header: Header, name: string): FileEntry {
  const type = types[header.type ?? 'file'] ?? 'other'
  return {
    name,
    type,
    sizeBytes: type === 'file' && header.type !== 'link' ? (header.size ?? 0) : null,
    mode: header.mode === undefined ? null : header.mode & 0o7777,
    modifiedAtMs: header.mtime ? header.mtime.getTime() : null,
    owner: `${header.uid ?? 0}:${header.gid ?? 0}`,
    linkTarget: type === 'link' ? (header.linkname ?? '') : '',
    change: null,
  }
}
