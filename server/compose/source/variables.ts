import 'server-only'
import type { ComposeTarget } from '#lib/compose/arguments'
import { readEnvFile } from '#lib/compose/variables/env-file'
import { usesOf } from '#lib/compose/variables/uses'
import type { ModelVariable } from '#lib/compose/project-model'
import { maskValue } from '#lib/docker/secrets/secret-text'
import { askCompose } from '#server/compose/cli/run'
import type { ProjectFile } from './source-files.ts'

interface Declared {
  Name: string
  DefaultValue: string
  Required: boolean
}

/**
 * The `${VARIABLES}` of the compose files (`docker compose config --variables`), each with where its value comes from and where it is
 * used. Nothing of Composure's own environment counts: Compose does not get to see it.
 */
export async function readVariables(
  target: ComposeTarget,
  sources: readonly (ProjectFile & { text: string })[],
): Promise<ModelVariable[]> {
  const { stdout, exitCode } = await askCompose(target, ['config', '--variables', '--format', 'json'])
  const declared = exitCode === 0 ? declaredIn(stdout) : namesIn(sources)
  const set = new Map(
    sources
      .filter(({ kind }) => kind === 'env')
      .flatMap(({ path, text }) =>
        readEnvFile(text).map((entry) => [entry.name, { ...entry, path }] as const),
      ),
  )
  const files = sources.filter(({ kind }) => kind === 'compose')
  return declared
    .map(({ Name: name, DefaultValue, Required }) => {
      const found = set.get(name)
      const value = found?.value ?? DefaultValue
      return {
        name,
        value: maskValue(name, value).value,
        source: found ? 'env file' : DefaultValue ? 'default' : Required ? 'required' : 'missing',
        path: found?.path ?? '',
        line: found?.line ?? 0,
        uses: usesOf(name, files),
      } satisfies ModelVariable
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

function declaredIn(stdout: string): Declared[] {
  try {
    return Object.values(JSON.parse(stdout || '{}') as Record<string, Declared>)
  } catch {
    return []
  }
}

/** Where Compose refuses the files: at least their names. */
function namesIn(sources: readonly (ProjectFile & { text: string })[]): Declared[] {
  const names = sources
    .filter(({ kind }) => kind === 'compose')
    .flatMap(({ text }) => [...text.matchAll(/(?<!\$)\$\{([A-Za-z_]\w*)(:?[?])?/g)])
    .map(([, name = '', mark]) => ({ Name: name, DefaultValue: '', Required: mark !== undefined }))
  return [...new Map(names.map((each) => [each.Name, each])).values()]
}
