/** One event of a `text/event-stream`. */
export interface SseEvent {
  event: string
  data: string
  id: string
}

/** Cuts an event stream into events, whatever way its text was split. Source: WHATWG HTML, "server-sent events". */
export class SseParser {
  #rest = ''
  #event = ''
  #data: string[] = []
  #id = ''

  push(text: string): SseEvent[] {
    const events: SseEvent[] = []
    this.#rest += text
    let start = 0
    for (let end = this.#rest.indexOf('\n', start); end !== -1; end = this.#rest.indexOf('\n', start)) {
      const hasReturn = end > start && this.#rest.charCodeAt(end - 1) === 13
      this.#line(this.#rest.slice(start, hasReturn ? end - 1 : end), events)
      start = end + 1
    }
    this.#rest = this.#rest.slice(start)
    return events
  }

  #line(line: string, events: SseEvent[]): void {
    if (line === '') {
      if (this.#data.length > 0)
        events.push({ event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id })
      this.#event = ''
      this.#data = []
      return
    }
    const colon = line.indexOf(':')
    if (colon === 0) return
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'event') this.#event = value
    else if (field === 'data') this.#data.push(value)
    else if (field === 'id' && !value.includes('\0')) this.#id = value
  }
}

/** Writes one event; `data` must be one line, as JSON is. */
export function encodeSse(event: string, data: string, id?: string): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`
}
