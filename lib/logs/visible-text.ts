import { stripAnsi } from './ansi.ts'

/** Joins the pictures of an emoji to one. */
const joiner = '\u200d'
const beforeJoiner = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u
const behindJoiner = /^\p{Extended_Pictographic}/u

// C0 and C1 controls without tab, bidirectional overrides and isolates, invisible and line-breaking characters.
const hidden =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** A stretch of text with every character that hides, reorders or breaks text written out: `\u202e` as `<U+202E>`. */
export function showHidden(text: string): string {
  return text.replace(hidden, (character: string, at: number) => {
    if (character === joiner && isInsideEmoji(text, at)) return character
    const code = character.charCodeAt(0)
    // Unicode has pictures of the C0 controls.
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
  })
}

function isInsideEmoji(text: string, at: number): boolean {
  return (
    beforeJoiner.test(text.slice(Math.max(0, at - 2), at)) && behindJoiner.test(text.slice(at + 1, at + 3))
  )
}

/** What a terminal would show of a line with lone carriage returns: the last text written over the ones before. */
export function afterCarriageReturns(text: string): string {
  if (!text.includes('\r')) return text
  const parts = text.split('\r').filter((part) => stripAnsi(part) !== '')
  return parts.at(-1) ?? ''
}
