import type { LineColumns } from './line-columns.ts'
import { type LineMarks, marks } from './line-marks.ts'
import type { TraceGroups } from './trace-groups.ts'

export interface Filter {
  /** Null: all. */
  sources: ReadonlySet<number> | null
  levels: ReadonlySet<number> | null
  stream: 'all' | 'stdout' | 'stderr'
  /** Only lines that match the search. */
  isMatchOnly: boolean
  /** Only lines whose fields are wanted. */
  hasFields: boolean
  /** Traces show their first line only, until they are opened. */
  isFolded: boolean
}

export const openFilter: Filter = {
  sources: null,
  levels: null,
  stream: 'all',
  isMatchOnly: false,
  hasFields: false,
  isFolded: false,
}

/** Which rows are on screen: those the filter wants, without what is folded away. */
export class RowFilter {
  readonly #columns: LineColumns
  readonly #marks: LineMarks
  readonly #groups: TraceGroups
  filter = openFilter

  constructor(columns: LineColumns, lineMarks: LineMarks, groups: TraceGroups) {
    this.#columns = columns
    this.#marks = lineMarks
    this.#groups = groups
  }

  /** Everything passes. */
  get isOpen(): boolean {
    const { sources, levels, stream, isMatchOnly, hasFields, isFolded } = this.filter
    return !sources && !levels && stream === 'all' && !isMatchOnly && !hasFields && !isFolded
  }

  /** What the worker marks decides. */
  get dependsOnMarks(): boolean {
    return this.filter.isMatchOnly || this.filter.hasFields
  }

  readonly passes = (id: number): boolean => this.wants(id) && !this.isFoldedAway(id)

  /** Folded lines too. */
  wants(id: number): boolean {
    const { sources, levels, stream, isMatchOnly, hasFields } = this.filter
    if (sources && !sources.has(this.#columns.source(id))) return false
    if (this.#columns.isNote(id)) return true
    if (levels && !levels.has(this.#columns.level(id))) return false
    if (stream !== 'all' && this.#columns.isStderr(id) !== (stream === 'stderr')) return false
    if (isMatchOnly && !this.#marks.has(id, marks.match)) return false
    return !hasFields || this.#marks.has(this.#lineWithFields(id), marks.fieldsWanted)
  }

  isFoldedAway(id: number): boolean {
    // What was looked for is shown wherever it stands.
    if (!this.filter.isFolded || this.filter.isMatchOnly) return false
    const headId = this.#groups.headOf(id)
    return headId >= 0 && !this.#groups.isOpen(headId)
  }

  /** The lines of a trace go with its head. */
  #lineWithFields(id: number): number {
    const headId = this.#groups.headOf(id)
    return headId >= 0 ? headId : id
  }
}
