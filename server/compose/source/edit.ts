import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CodedError } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import type {
  CheckFileRequest,
  ModelProblem,
  RevealedFile,
  RevealFileRequest,
  SaveFileRequest,
} from '#lib/compose/project-model'
import { findPlace } from '#server/compose/files/places'
import { requireReadable } from '#server/compose/files/readable'
import { currentEnv } from '#server/env'
import { firstSnapshot } from '#server/engine/model/live-model'
import { resolveFiles } from './project-model.ts'
import { hashOf, projectFile, readSource, writeSource } from './source-files.ts'
import { keepVersion, listVersions, readVersion } from './versions.ts'

async function targetOf(project: string): Promise<ComposeTarget> {
  await firstSnapshot()
  const target = findPlace(project)
  requireReadable(target)
  return target
}

/** The real text of a file, or of a kept version of it; the hash is the file's own either way. Throws `not_found`, `files_unreadable`. */
export async function revealFile(project: string, request: RevealFileRequest): Promise<RevealedFile> {
  const { path } = projectFile(await targetOf(project), request.path)
  const now = readSource(path)
  const text = request.versionId === undefined ? now : readVersion(path, request.versionId)
  return { path, text, hash: hashOf(now), versions: listVersions(path) }
}

/** What Compose would say if the file were this text; null when it is content. Nothing is changed. */
export async function checkFile(
  project: string,
  { path, text }: CheckFileRequest,
): Promise<ModelProblem | null> {
  const target = await targetOf(project)
  const file = projectFile(target, path)
  const folder = join(currentEnv().dataDir, 'compose', 'drafts')
  const draft = join(folder, `${randomBytes(8).toString('hex')}${file.kind === 'env' ? '.env' : '.yaml'}`)
  mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true, mode: 0o700 })
  writeFileSync(/* turbopackIgnore: true */ draft, text, { mode: 0o600 })
  try {
    const { problem } = await resolveFiles(withDraft(target, path, file.kind, draft))
    if (!problem) return null
    return {
      ...problem,
      message: problem.message.replaceAll(draft, path),
      path: problem.path === draft ? path : problem.path,
    }
  } finally {
    rmSync(/* turbopackIgnore: true */ draft, { force: true })
  }
}

/** The project with the draft in the place of the file. */
function withDraft(target: ComposeTarget, path: string, kind: string, draft: string): ComposeTarget {
  const swap = (file: string): string => (resolve(target.workingDir, file) === path ? draft : file)
  if (kind === 'compose') return { ...target, configFiles: target.configFiles.map(swap) }
  return { ...target, envFiles: target.envFiles.length > 0 ? target.envFiles.map(swap) : [draft] }
}

/**
 * Replaces a file's text after Compose has taken it, and keeps the one before. Throws `compose_invalid` when it has not, `conflict`
 * when somebody changed the file since it was read, `files_unreadable`.
 */
export async function saveFile(
  project: string,
  { path, text, hash }: SaveFileRequest,
  who: string,
): Promise<RevealedFile> {
  const problem = await checkFile(project, { path, text })
  if (problem)
    throw new CodedError('compose_invalid', problem.message, {
      hint:
        problem.line > 0
          ? `See line ${problem.line} of ${problem.path}. Nothing was saved.`
          : 'Nothing was saved.',
    })
  const before = readSource(path)
  if (hashOf(before) !== hash)
    throw new CodedError('conflict', 'The file was changed by somebody else meanwhile.', {
      hint: 'Copy your text, open the file again, and put your change into the new one.',
    })
  if (before !== text) {
    keepVersion(path, before, who)
    writeSource(path, text)
  }
  return { path, text, hash: hashOf(text), versions: listVersions(path) }
}
