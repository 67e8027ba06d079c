import 'server-only'
import { realpath, stat } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import { CodedError } from '#lib/api/errors'
import type { FolderBuildRequest } from '#lib/builds/folder-build-request'
import { maskKnownValues } from '#lib/docker/secrets/secret-text'
import { requireReadable } from '#server/compose/files/readable'
import { currentEnv } from '#server/env'
import type { JobSink } from '#server/jobs/sink'
import { readStart } from './read-start.ts'

/** BuildKit takes no larger one. */
const maxSecretBytes = 500 * 1024
/** Shorter lines are words that a build prints anyway. */
const minMaskedChars = 8

/** Throws `files_unreadable` unless a build may read this as a secret: a file of the machine, up to 500 kB, not Composure's own. */
export async function requireSecretFile(file: string): Promise<void> {
  const about = await seen(file)
  if (!about.isFile()) throw refused(file, 'is not a file.')
  if (about.size > maxSecretBytes) throw refused(file, 'is larger than 500 kB, more than a secret may be.')
}

/** The same for a private key, or the socket of an agent. */
export async function requireKey(file: string): Promise<void> {
  const about = await seen(file)
  if (!about.isFile() && !about.isSocket()) throw refused(file, 'is neither a private key nor a socket.')
}

async function seen(file: string): Promise<Awaited<ReturnType<typeof stat>>> {
  requireReadable({ project: '', workingDir: dirname(file), configFiles: [file], envFiles: [] })
  const path = await realpath(/* turbopackIgnore: true */ file)
  const closed = ['/proc', '/sys', '/dev', await realpath(currentEnv().dataDir)]
  if (closed.some((folder) => path.startsWith(`${folder}${sep}`)))
    throw refused(file, 'belongs to Composure or to the system: it is given to no build.')
  return stat(/* turbopackIgnore: true */ path)
}

function refused(file: string, words: string): CodedError {
  return new CodedError('files_unreadable', `${file} ${words}`, { hint: 'Name another file.' })
}

/** A sink that shows no line of these files, should a step print one. */
export async function withoutSecrets(
  sink: JobSink,
  secrets: FolderBuildRequest['secrets'],
): Promise<JobSink> {
  const texts = await Promise.all(secrets.map(({ file }) => readStart(file, maxSecretBytes)))
  const values = texts
    .flatMap((text) => (text ?? '').split('\n'))
    .flatMap((line) => [line.trim(), line.slice(line.lastIndexOf('=') + 1).trim()])
    .filter((line) => line.length >= minMaskedChars)
  if (values.length === 0) return sink
  return { ...sink, line: (text, ...rest) => sink.line(maskKnownValues(text, values), ...rest) }
}
