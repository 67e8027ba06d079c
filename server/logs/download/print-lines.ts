import 'server-only'
import { levels } from '#lib/logs/level'
import { toIsoNanos } from '#lib/logs/nano-time'
import type { Hits } from '#lib/logs/search/matcher'
import { eachLine, type LogGap, type LogLines, type LogSource } from '#lib/logs/wire'

export interface PrintOptions {
  format: 'text' | 'jsonl'
  hasTimestamps: boolean
  sources: ReadonlyMap<number, LogSource>
}

/** The lines of a message that are hits, as they stand in the file. */
export function printLines(message: LogLines, hits: Hits, options: PrintOptions): string {
  const levelOf = new Map(hits.indexes.map((index, at) => [index, hits.levels[at] ?? 0]))
  let out = ''
  eachLine(message, ({ time, source, flags, text, index }) => {
    const level = levelOf.get(index)
    if (level === undefined) return
    const name = options.sources.get(source)?.name ?? ''
    const iso = toIsoNanos(time)
    if (options.format === 'jsonl') {
      const stream = (flags & 1) !== 0 ? 'stderr' : 'stdout'
      out += `${JSON.stringify({ time: iso, container: name, stream, level: levels[level], text })}\n`
    } else
      out += `${options.hasTimestamps ? `${iso} ` : ''}${options.sources.size > 1 ? `${name} | ` : ''}${text}\n`
  })
  return out
}

/** Lines that are missing from the file are said in it. */
export function printGap(gap: LogGap, format: 'text' | 'jsonl'): string {
  if (format === 'jsonl' || gap.reason === 'slow' || gap.reason === 'earlier') return ''
  return gap.reason === 'let-go'
    ? '--- lines before this were let go of by the log archive\n'
    : '--- lines before this are no longer kept by the Engine\n'
}
