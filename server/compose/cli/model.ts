import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import type { ComposeModel } from '#lib/compose/model'
import { plainError } from '#lib/compose/outcome'
import { ComposeProgress } from '#lib/compose/progress'
import { missingWords } from '#server/compose/source/missing'
import { askCompose } from './run.ts'

/** The project as Compose resolves it: `docker compose config --format json`. Throws `compose_invalid` in Compose's words. */
export async function readModel(
  target: ComposeTarget,
  options: { profiles: readonly string[]; signal?: AbortSignal },
): Promise<ComposeModel> {
  const { stdout, stderr, exitCode } = await askCompose(target, ['config', '--format', 'json'], options)
  if (exitCode !== 0) throw refusedBy(stderr, target)
  return JSON.parse(stdout) as ComposeModel
}

/** What Compose said was wrong, as an error. */
export function refusedBy(stderr: readonly string[], target: ComposeTarget): CodedError {
  const said = stderr.flatMap((line) => new ComposeProgress([]).read(line))
  const errors = said.flatMap((each) => (each.kind === 'line' && each.text.trim() !== '' ? [each] : []))
  const last = errors.findLast(({ isError }) => isError) ?? errors.at(-1)
  const missing = missingWords(target, last?.text ?? '')
  if (missing)
    return new CodedError('compose_invalid', missing.text, { hint: `${missing.hint} Nothing was changed.` })
  return new CodedError('compose_invalid', sentence(plainError(last?.text ?? 'Compose refused the files')), {
    hint: `Compose read ${target.configFiles.join(', ')}. Nothing was changed.`,
  })
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}
