import 'server-only'
import { isMap, LineCounter, parseDocument } from 'yaml'
import type { ComposeTarget } from '#lib/compose/arguments'
import { plainError } from '#lib/compose/outcome'
import { readProblem } from '#lib/compose/problem-place'
import { ComposeProgress } from '#lib/compose/progress'
import type { ModelProblem, ProjectModel, SourceFile } from '#lib/compose/project-model'
import { maskKnownValues } from '#lib/docker/secrets/secret-text'
import { type ComposeAnswer, askCompose } from '#server/compose/cli/run'
import { guardFiles } from '#server/compose/files/guard'
import { findPlace } from '#server/compose/files/places'
import { requireReadable } from '#server/compose/files/readable'
import { firstSnapshot } from '#server/engine/model/live-model'
import { maskCompose, maskEnvFile } from './mask-source.ts'
import { missingWords, withMissing } from './missing.ts'
import { isWritable, projectFiles, readSource } from './source-files.ts'
import { readVariables } from './variables.ts'

/**
 * A project's files as they are, what Compose makes of them (`config`), and where its variables come from; secrets masked here. Files
 * that Compose refuses are shown all the same, with what is wrong and where. Throws `files_unreadable`, `not_found`.
 */
export async function readProjectModel(project: string): Promise<ProjectModel> {
  await firstSnapshot()
  const target = findPlace(project)
  requireReadable(target)
  const sources = projectFiles(target).map((file) => ({ ...file, text: readSource(file.path) }))
  const masked = sources.map(({ path, kind, text }) => {
    const { text: shown, isMasked, secrets } = kind === 'env' ? maskEnvFile(text) : maskCompose(text)
    return {
      file: { path, kind, text: shown, isMasked, isWritable: isWritable(path) } as SourceFile,
      secrets,
    }
  })
  const secrets = masked.flatMap((each) => each.secrets)
  const hide = (text: string): string => maskKnownValues(text, secrets)
  const answer = await resolveFiles(target)
  return {
    workingDir: target.workingDir,
    files: masked.map(({ file }) => file),
    variables: (await readVariables(target, sources)).map((each) => ({ ...each, value: hide(each.value) })),
    resolved: answer.problem ? null : hide(maskCompose(answer.text).text),
    problem: answer.problem && { ...answer.problem, message: hide(answer.problem.message) },
    warnings: answer.warnings.map(hide),
  }
}

interface Resolved {
  text: string
  warnings: string[]
  problem: ModelProblem | null
}

/** `docker compose config` with these files, or what is wrong with them. */
export async function resolveFiles(target: ComposeTarget): Promise<Resolved> {
  try {
    guardFiles(target)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { text: '', warnings: [], problem: placeOf(message, target) }
  }
  const answer = await askCompose(target, ['config'])
  const said = wordsOf(answer, target)
  if (answer.exitCode === 0) return { text: answer.stdout, warnings: said.warnings, problem: null }
  return { text: '', warnings: said.warnings, problem: placeOf(said.error, target) }
}

function wordsOf(
  { stderr, exitCode }: ComposeAnswer,
  target: ComposeTarget,
): { error: string; warnings: string[] } {
  const lines = stderr.flatMap((line) => new ComposeProgress([]).read(line))
  const texts = lines.flatMap((each) => (each.kind === 'line' && each.text.trim() !== '' ? [each] : []))
  const error = exitCode === 0 ? undefined : (texts.findLast(({ isError }) => isError) ?? texts.at(-1))
  const others = texts
    .filter((each) => each !== error)
    .map(({ text }) => withMissing(target, plainError(text)))
  return { error: error?.text ?? 'Compose refused the files.', warnings: [...new Set(others)] }
}

/** The file and line a message of Compose is about, as far as it says. */
function placeOf(said: string, target: ComposeTarget): ModelProblem {
  const missing = missingWords(target, said)
  if (missing)
    return { message: `${missing.text} ${missing.hint}`, ...(missing.place ?? { path: '', line: 0 }) }
  const { message, path, line, keys } = readProblem(said)
  const files = projectFiles(target).filter(({ kind }) => kind === 'compose')
  const candidates = path === '' ? files.map((file) => file.path) : [path]
  if (line > 0) return { message, path: candidates[0] ?? '', line }
  for (const candidate of candidates.toReversed()) {
    const found = lineOf(candidate, keys)
    if (found > 0) return { message, path: candidate, line: found }
  }
  return { message, path: candidates.length === 1 ? (candidates[0] ?? '') : '', line: 0 }
}

/** The line of a path of keys; of as much of it as there is. */
function lineOf(path: string, keys: readonly string[]): number {
  if (keys.length === 0) return 0
  try {
    const lines = new LineCounter()
    const document = parseDocument(readSource(path), { lineCounter: lines, logLevel: 'silent' })
    let node: unknown = document.contents
    let offset = -1
    for (const key of keys) {
      if (!isMap(node)) break
      const pair = node.items.find((item) => String(item.key) === key)
      if (!pair) break
      const range = (pair.key as { range?: [number, number, number] }).range
      offset = range?.[0] ?? offset
      node = pair.value
    }
    return offset < 0 ? 0 : lines.linePos(offset).line
  } catch {
    return 0
  }
}
