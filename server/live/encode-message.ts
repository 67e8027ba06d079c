import 'server-only'
import type { LineBatch } from '#lib/logs/line-batch'

const carriageReturn = 13
const dataField = Buffer.from('\ndata: ')
const eventEnd = Buffer.from('\n\n')

/** A message that already is JSON text: made once for many viewers. Must not contain a line break. */
export class EncodedJson {
  readonly encodedJson: string

  constructor(text: string) {
    this.encodedJson = text
  }
}

/**
 * A message whose `text` is lines that nobody has decoded: it goes out as event `text`, each line a `data:` field of its
 * own behind the rest of the message. Escaping it as JSON was a sixth of what reading a whole log cost.
 */
export class MessageWithText {
  readonly head: object
  readonly textLines: LineBatch

  constructor(head: object, textLines: LineBatch) {
    this.head = head
    this.textLines = textLines
  }

  /** A carriage return would end a field of an event stream. */
  static fits(lines: LineBatch): boolean {
    const { buffer, byteOffset } = lines.bytes
    return !Buffer.from(buffer, byteOffset, lines.length).includes(carriageReturn)
  }
}

/** One message of the live stream as an event: `lib/api/live.ts` says how it is read. */
export function encodeMessage(key: string, data: unknown): Uint8Array {
  const name = JSON.stringify(key)
  if (isWithText(data))
    return eventWithText(
      `event: text\ndata: {"key":${name},"data":${JSON.stringify(data.head)}}`,
      data.textLines,
    )
  return Buffer.from(`event: message\ndata: {"key":${name},"data":${encodedJson(data)}}\n\n`)
}

function eventWithText(first: string, lines: LineBatch): Uint8Array {
  const headBytes = Buffer.byteLength(first)
  const textBytes = lines.length + lines.count * (dataField.length - 1) + 1
  // Not Buffer.allocUnsafe: Node counts its memory so that the collector marks the whole heap every few MB.
  const out = Buffer.from(new ArrayBuffer(headBytes + textBytes + eventEnd.length))
  out.write(first)
  // The text is put at the end and moved up line by line: nothing is made for a line.
  const textAt = headBytes + textBytes - lines.length
  out.set(lines.bytes.subarray(0, lines.length), textAt)
  let at = headBytes
  for (let line = 0; line < lines.count; line += 1) {
    const start = lines.startOf(line)
    const end = lines.ends[line] ?? 0
    out.set(dataField, at)
    at += dataField.length
    out.copyWithin(at, textAt + start, textAt + end)
    at += end - start
  }
  out.set(eventEnd, at)
  return out
}

// By what they have and not by their class: the bundler may give a route a copy of this module.
function isWithText(data: unknown): data is MessageWithText {
  return typeof data === 'object' && data !== null && 'textLines' in data && 'head' in data
}

/** The JSON text of a message. */
function encodedJson(data: unknown): string {
  if (
    typeof data === 'object' &&
    data !== null &&
    'encodedJson' in data &&
    typeof data.encodedJson === 'string'
  )
    return data.encodedJson
  return JSON.stringify(data) ?? 'null'
}
