import { formatCommand } from '../docker/shell-quote.ts'
import { parseRunLine } from './parse-run-line.ts'
import { flagByName } from './run-flags.ts'
import type { RunOption } from '../run/run-spec.ts'
import { emptyRunSpec } from '../run/empty-run-spec.ts'

/** Further options as lines of the form: `--cap-add NET_ADMIN`. */
export function printOptions(options: readonly RunOption[]): string {
  return options
    .map(({ name, value }) =>
      formatCommand(flagByName(name)?.takes === 'switch' ? [`--${name}`] : [`--${name}`, value]),
    )
    .join('\n')
}

/** Reads them back; a problem names what is wrong, or which option has a field of its own. */
export function readOptions(text: string): { options: RunOption[]; problem: string | null } {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('#'))
    .join(' ')
  const { spec, problems } = parseRunLine(`docker run -d ${line} image`)
  const problem = problems[0]?.message ?? null
  if (problem !== null) return { options: spec.others, problem }
  const { others, ...fields } = { ...spec, image: '' }
  const { others: _, ...empty } = emptyRunSpec
  const isOnlyOptions = JSON.stringify(fields) === JSON.stringify(empty)
  return {
    options: others,
    problem: isOnlyOptions
      ? null
      : 'One of these has a field of its own above, or is no option: begin each line with --.',
  }
}
