import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CodedError } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'

const maxBytes = 256 * 1024

export interface ProjectFile {
  path: string
  kind: 'compose' | 'env'
}

/** The files that make up a project: its compose files, and the env files that Compose reads for variables. */
export function projectFiles(target: ComposeTarget): ProjectFile[] {
  const absolute = (file: string): string => resolve(target.workingDir, file)
  const standard = join(target.workingDir, '.env')
  const envFiles = target.envFiles.length > 0 ? target.envFiles.map(absolute) : [standard].filter(isThere)
  return [
    ...target.configFiles.map((file) => ({ path: absolute(file), kind: 'compose' as const })),
    ...envFiles.map((path) => ({ path, kind: 'env' as const })),
  ]
}

function isThere(path: string): boolean {
  return existsSync(/* turbopackIgnore: true */ path)
}

/** The file of the project with exactly this path; nothing else is read or written. Throws `not_found`. */
export function projectFile(target: ComposeTarget, path: string): ProjectFile {
  const file = projectFiles(target).find((each) => each.path === path)
  if (file) return file
  throw new CodedError('not_found', 'This is not a file of the project.')
}

/** A file's text as it is. Throws `files_unreadable`; `too_large` above 256 kB. */
export function readSource(path: string): string {
  const handle = open(path, constants.O_RDONLY)
  try {
    const about = fstatSync(handle)
    if (!about.isFile()) throw new CodedError('files_unreadable', `${path} is not a file.`)
    if (about.size > maxBytes) throw new CodedError('too_large', `${path} is larger than 256 kB.`)
    return readFileSync(/* turbopackIgnore: true */ handle, 'utf8')
  } finally {
    closeSync(handle)
  }
}

export function isWritable(path: string): boolean {
  try {
    accessSync(/* turbopackIgnore: true */ path, constants.W_OK)
    accessSync(/* turbopackIgnore: true */ dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Replaces a file's text in one step: a reader sees the old one or the new one. Owner and rights stay. Throws `files_unreadable`. */
export function writeSource(path: string, text: string): void {
  const draft = join(dirname(path), `.composure-${randomBytes(6).toString('hex')}`)
  const old = open(path, constants.O_RDONLY)
  try {
    const { mode, uid, gid } = fstatSync(old)
    const handle = openSync(
      /* turbopackIgnore: true */ draft,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
      mode & 0o777,
    )
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    keepOwner(draft, uid, gid)
    renameSync(/* turbopackIgnore: true */ draft, path)
  } catch (cause) {
    rmSync(/* turbopackIgnore: true */ draft, { force: true })
    throw new CodedError('files_unreadable', `${path} cannot be written.`, {
      hint: `Mount the folder writable for user ${process.getuid?.() ?? ''}, or edit the file where it is.`,
      cause,
    })
  } finally {
    closeSync(old)
  }
}

/** Only root may give a file away; for anybody else it is theirs already, or stays the writer's. */
function keepOwner(path: string, uid: number, gid: number): void {
  if (process.getuid?.() === 0) chownSync(path, uid, gid)
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A link that somebody put in its place is not followed. */
function open(path: string, flags: number): number {
  try {
    return openSync(/* turbopackIgnore: true */ path, flags | constants.O_NOFOLLOW)
  } catch (cause) {
    throw new CodedError('files_unreadable', `${path} cannot be opened.`, {
      hint: 'It must be a file, not a link, that Composure’s user may read.',
      cause,
    })
  }
}
