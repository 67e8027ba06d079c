import type { Bench } from '../bench.ts'
import { benchHistory, type HistoryFigures } from '../history.ts'
import { atMost, type Row } from '../measure.ts'

/** The log archive beside one row a line in the same database: writing, disk, and a search by regular expression. */
export async function measureArchive(bench: Bench): Promise<Row[]> {
  const runs: HistoryFigures[][] = []
  for (const _ of bench.rounds(1)) runs.push(await benchHistory(bench.manyLines))
  const of = (layout: HistoryFigures['layout'], read: (figures: HistoryFigures) => number): number[] =>
    runs.flatMap((run) => run.filter((each) => each.layout === layout).map(read))
  const row = (what: string, unit: string, read: (figures: HistoryFigures) => number): Row => ({
    what: `archive, ${bench.manyLines.toLocaleString('en')} lines of 20 containers: ${what}`,
    unit,
    values: of('chunks', read),
    yardstick: { name: 'one row a line', values: of('rows', read) },
    note: `with a full-text index: ${of('rows and full text', read)
      .map((value) => Math.round(value).toLocaleString('en'))
      .join(', ')} ${unit}`,
  })
  return [
    row('written', 'lines/s', (figures) => figures.writeLinesPerSecond),
    row('disk', 'B/line', (figures) => figures.bytesPerLine),
    { ...row('search, first hit', 'ms', (figures) => figures.firstHitMs), target: atMost(300, 'ms') },
    { ...row('search, all hits', 'ms', (figures) => figures.allHitsMs), target: atMost(3_000, 'ms') },
  ]
}
