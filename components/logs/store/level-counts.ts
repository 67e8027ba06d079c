const levelCount = 8
const maxSources = 256
const firstError = 5

/** How many of the lines held have which level, and how many errors each source has. */
export class LevelCounts {
  lines = 0
  readonly byLevel = new Uint32Array(levelCount)
  readonly #errors = new Uint32Array(maxSources)

  /** `isHead`: not the rest of a trace, which is one error and not forty. */
  add(source: number, level: number, isHead: boolean): void {
    this.#change(source, level, isHead, 1)
  }

  remove(source: number, level: number, isHead: boolean): void {
    this.#change(source, level, isHead, -1)
  }

  errorsOf(source: number): number {
    return this.#errors[source & 0xff] ?? 0
  }

  #change(source: number, level: number, isHead: boolean, by: 1 | -1): void {
    this.lines += by
    this.byLevel[level] = (this.byLevel[level] ?? 0) + by
    const index = source & 0xff
    if (isHead && level >= firstError) this.#errors[index] = (this.#errors[index] ?? 0) + by
  }
}
