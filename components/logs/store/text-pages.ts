const pageBytes = 64 * 1024
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

export interface TextPage {
  bytes: Uint8Array<ArrayBuffer>
  used: number
  /** Lines whose text is here, those let go since included. */
  ids: number[]
  live: number
}

/** The texts of many lines as UTF-8 in pages, so that a million lines are no million strings. A page goes with its last line. */
export class TextPages {
  readonly #pages: (TextPage | null)[] = []
  /** Bytes of text held. */
  bytes = 0

  /** Adds a run of text; where it begins. The caller says by `ids` and `live` which lines it made of it. */
  add(text: string): { index: number; page: TextPage; start: number } {
    const { index, page } = this.#pageFor(text)
    const start = page.used
    page.used += encoder.encodeInto(text, page.bytes.subarray(start)).written
    this.bytes += page.used - start
    return { index, page, start }
  }

  at(index: number): TextPage | null {
    return this.#pages[index] ?? null
  }

  decode(index: number, from: number, to: number): string {
    const page = this.#pages[index]
    return page ? decoder.decode(page.bytes.subarray(from, to)) : ''
  }

  /** One line of this page is gone. */
  release(index: number): void {
    const page = this.#pages[index]
    if (!page) return
    page.live -= 1
    // The last page still takes text.
    if (page.live > 0 || index === this.#pages.length - 1) return
    this.bytes -= page.used
    this.#pages[index] = null
  }

  *live(): Generator<TextPage> {
    for (const page of this.#pages) if (page && page.live > 0) yield page
  }

  /** The last page while it has room, else a new one. */
  #pageFor(text: string): { index: number; page: TextPage } {
    const last = this.#pages.length - 1
    const page = this.#pages[last]
    // encodeInto wants room for the worst case; a large message gets its exact size instead.
    if (page && page.bytes.length - page.used > text.length * 3) return { index: last, page }
    const size = text.length * 3 < pageBytes ? pageBytes : encoder.encode(text).length
    const next = { bytes: new Uint8Array(size), used: 0, ids: [], live: 0 }
    this.#pages.push(next)
    return { index: last + 1, page: next }
  }
}

/** Texts of some lines as one run of bytes: line `ids[i]` is `bytes` from `from[i]` to `to[i]`. */
export interface LineTexts {
  ids: number[]
  bytes: Uint8Array<ArrayBuffer>
  from: Uint32Array
  to: Uint32Array
}

export function joinTexts(ids: readonly number[], texts: readonly string[]): LineTexts {
  const bytes = encoder.encode(texts.join('\n'))
  const from = new Uint32Array(ids.length)
  const to = new Uint32Array(ids.length)
  let at = 0
  for (let i = 0; i < ids.length; i += 1) {
    from[i] = at
    const newline = bytes.indexOf(10, at)
    at = newline < 0 ? bytes.length : newline
    to[i] = at
    at += 1
  }
  return { ids: [...ids], bytes, from, to }
}
