import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { figures, type Row } from './measure.ts'

/** The table as Markdown, so that it can go into docs/performance.md as it is. */
export function table(rows: readonly Row[]): string {
  const head = ['what', 'median', 'spread', 'yardstick in the same run', 'ratio', 'target', '']
  const body = rows.map((row) => {
    const { median, min, max, yardstick, ratio } = figures(row)
    const { yardstick: other, target } = row
    return [
      row.what,
      withUnit(median, row.unit),
      row.values.length > 1 ? `${number(min)} - ${number(max)}` : 'one round',
      other && yardstick !== null ? `${other.name}: ${withUnit(yardstick, row.unit)}` : '',
      ratio === null ? '' : ratio.toFixed(2),
      target?.text ?? '',
      target ? (target.isMet(figures(row)) ? 'met' : 'MISSED') : '',
    ]
  })
  const lines = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`)
  const notes = rows.filter((row) => row.note).map((row) => `- ${row.what}: ${row.note}`)
  return [...lines, '', ...notes].join('\n').trimEnd()
}

/** Everything, for machines: each round's value and the figures made of them. */
export function json(rows: readonly Row[], isQuick: boolean): string {
  const results = rows.map((row) => ({
    ...row,
    target: row.target?.text,
    isMet: row.target?.isMet(figures(row)),
    figures: figures(row),
  }))
  const at = new Date().toISOString()
  return `${JSON.stringify({ at, isQuick, machine: machine(), results }, null, 2)}\n`
}

/** The machine in one line. */
export function machine(): string {
  const [cpu] = cpus()
  const engine = execFileSync('docker', ['version', '--format', '{{.Server.Version}}'], { encoding: 'utf8' })
  const memoryGb = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores of ${cpu?.model ?? 'an unknown CPU'}, ${memoryGb} GiB, Engine ${engine.trim()}, Node ${process.versions.node}`
}

function withUnit(value: number, unit: string): string {
  return unit === '' ? number(value) : `${number(value)} ${unit}`
}

function number(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (value !== 0 && Math.abs(value) < 0.1) return value.toFixed(3)
  if (Math.abs(value) < 10) return value.toFixed(2)
  if (Math.abs(value) < 1000) return value.toFixed(1)
  return Math.round(value).toLocaleString('en')
}
