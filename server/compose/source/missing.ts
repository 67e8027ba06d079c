import 'server-only'
import { join } from 'node:path'
import type { ComposeTarget } from '#lib/compose/arguments'
import { readMissing } from '#lib/compose/variables/missing'
import { type FileLine, usesOf } from '#lib/compose/variables/uses'
import { projectFiles, readSource } from './source-files.ts'

const maxTold = 3

/** A variable without a value, in words for the person who has to give it one. */
export interface MissingWords {
  text: string
  /** The lines that use it, and the file to write it into. */
  hint: string
  /** The first line that uses it, as far as that is known. */
  place: FileLine | null
}

/** What Compose says about a missing variable, with where it is used and what to do; null when it speaks of something else. */
export function missingWords(target: ComposeTarget, said: string): MissingWords | null {
  const missing = readMissing(said)
  if (missing === null) return null
  const { name, isRequired, wish } = missing
  const uses = usesIn(target, name)
  const where = uses.slice(0, maxTold).map(({ path, line }) => `${shortPath(target, path)}:${line}`)
  const used = where.length === 0 ? '' : `Used in ${where.join(', ')}. `
  const write = `Write ${name}=… into ${envFileOf(target)}`
  return isRequired
    ? {
        text: `Variable ${name} is not set${wish === '' ? '' : `: ${wish}`}.`,
        hint: `${used}${write}.`,
        place: uses[0] ?? null,
      }
    : {
        text: `${name} is not set, so it is empty.`,
        hint: `${used}${write}, or a default into the file: \${${name}:-…}.`,
        place: uses[0] ?? null,
      }
}

/** The same in one line; other messages as they are. */
export function withMissing(target: ComposeTarget, said: string): string {
  const words = missingWords(target, said)
  return words ? `${words.text} ${words.hint}` : said
}

function usesIn(target: ComposeTarget, name: string): FileLine[] {
  const files = projectFiles(target).filter(({ kind }) => kind === 'compose')
  try {
    return usesOf(
      name,
      files.map(({ path }) => ({ path, text: readSource(path) })),
    )
  } catch {
    return []
  }
}

/** Of several the last one counts. */
function envFileOf(target: ComposeTarget): string {
  const files = projectFiles(target).filter(({ kind }) => kind === 'env')
  return files.at(-1)?.path ?? join(target.workingDir, '.env')
}

function shortPath({ workingDir }: ComposeTarget, path: string): string {
  return path.startsWith(`${workingDir}/`) ? path.slice(workingDir.length + 1) : path
}
