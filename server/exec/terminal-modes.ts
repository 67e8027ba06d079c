import 'server-only'

const esc = 0x1b
const finalStart = 0x40
const keptLength = 64

/** DEC private modes a full-screen program sets once and relies on for ever after. */
const trackedModes = new Set([
  1, 5, 6, 7, 12, 25, 45, 47, 66, 1000, 1002, 1003, 1004, 1006, 1015, 1016, 1047, 1049, 2004,
])

/**
 * Reads terminal output that is about to be forgotten and remembers what it set for good: modes, colours, scroll
 * region, character set, title. `restore()` says it again in a few bytes, so what is kept can be shown as it was.
 */
export class TerminalModes {
  #state: 'ground' | 'escape' | 'csi' | 'string' | 'stringEscape' | 'charset' = 'ground'
  #sequence = ''
  #utf8Left = 0
  #modes = new Map<number, boolean>()
  #colours: string[] = []
  #region = ''
  #charset = ''
  #title = ''
  #isKeypad = false

  /** True between characters and sequences: a safe place to cut. */
  get isAtBoundary(): boolean {
    return this.#state === 'ground' && this.#utf8Left === 0
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) this.#step(byte)
  }

  /** True when the next byte would go on with what came before: the cut must move past it. */
  needsMore(nextByte: number | undefined): boolean {
    if (nextByte === undefined) return false
    return !this.isAtBoundary || (nextByte & 0xc0) === 0x80
  }

  restore(): string {
    const modes = [...this.#modes].map(([mode, isOn]) => `\x1b[?${mode}${isOn ? 'h' : 'l'}`)
    const title = this.#title ? `\x1b]2;${this.#title}\x07` : ''
    return [
      ...modes,
      this.#region,
      this.#charset,
      this.#isKeypad ? '\x1b=' : '',
      ...this.#colours,
      title,
    ].join('')
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'ground':
        if (byte === esc) this.#enter('escape')
        else if (byte >= 0xc2) this.#utf8Left = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1
        else if (this.#utf8Left > 0) this.#utf8Left = (byte & 0xc0) === 0x80 ? this.#utf8Left - 1 : 0
        return
      case 'escape':
        return this.#escape(byte)
      case 'charset':
        this.#charset = `\x1b(${String.fromCharCode(byte)}`
        return this.#enter('ground')
      case 'csi':
        return this.#csi(byte)
      case 'string':
        if (byte === 0x07) this.#endString()
        else if (byte === 0x18 || byte === 0x1a) this.#enter('ground')
        else if (byte === esc) this.#state = 'stringEscape'
        else this.#keep(byte)
        return
      case 'stringEscape':
        this.#endString()
        if (byte !== 0x5c) this.#escape(byte)
        return
      default:
        return this.#state satisfies never
    }
  }

  #enter(state: 'ground' | 'escape' | 'csi' | 'string' | 'charset'): void {
    this.#state = state
    this.#sequence = ''
    this.#utf8Left = 0
  }

  #keep(byte: number): void {
    if (this.#sequence.length < keptLength) this.#sequence += String.fromCharCode(byte)
  }

  #escape(byte: number): void {
    const character = String.fromCharCode(byte)
    if (character === '[') return this.#enter('csi')
    if (']PX^_'.includes(character)) {
      this.#enter('string')
      return this.#keep(byte)
    }
    if (character === '(') return this.#enter('charset')
    if (character === 'c') this.#reset()
    if (character === '=' || character === '>') this.#isKeypad = character === '='
    // Intermediate bytes (ESC # 8, ESC ) 0) go on to a final byte; ESC ESC starts again.
    if (byte === esc || (byte >= 0x20 && byte < 0x30)) this.#state = 'escape'
    else this.#enter('ground')
  }

  #csi(byte: number): void {
    if (byte === esc) return this.#enter('escape')
    if (byte === 0x18 || byte === 0x1a) return this.#enter('ground')
    if (byte < finalStart) return this.#keep(byte)
    this.#endCsi(String.fromCharCode(byte))
    this.#enter('ground')
  }

  #endCsi(final: string): void {
    const parameters = this.#sequence
    if (parameters.length >= keptLength) return
    if ((final === 'h' || final === 'l') && parameters.startsWith('?')) {
      for (const text of parameters.slice(1).split(';')) {
        const mode = Number(text)
        if (!trackedModes.has(mode)) continue
        this.#modes.delete(mode)
        this.#modes.set(mode, final === 'h')
      }
    } else if (final === 'm' && /^[\d;:]*$/.test(parameters)) this.#colour(parameters)
    else if (final === 'r' && /^[\d;]*$/.test(parameters)) this.#region = `\x1b[${parameters}r`
    else if (final === 'p' && parameters === '!') this.#reset()
  }

  /** A plain reset forgets what came before; otherwise the last sixteen say it all but for the absurd. */
  #colour(parameters: string): void {
    if (parameters === '' || /^0+$/.test(parameters)) this.#colours = []
    else this.#colours = [...this.#colours, `\x1b[${parameters}m`].slice(-16)
  }

  #endString(): void {
    const title = /^\][02];(.*)$/.exec(this.#sequence)?.[1]
    if (title !== undefined) this.#title = title.replace(/[^\x20-\x7e]/g, '')
    this.#enter('ground')
  }

  #reset(): void {
    this.#modes.clear()
    this.#colours = []
    this.#region = ''
    this.#charset = ''
    this.#isKeypad = false
  }
}
