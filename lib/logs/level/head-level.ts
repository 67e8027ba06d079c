import { isWeakWord, levelOfWord, unknown } from './level-words.ts'

const tokens = /\[[^\]]*\]|\([^)]*\)|\S+/g
const maxTokens = 12
const maxHeadLength = 200

/** Walks the head of the line token by token; stops at the first one that can only be message. */
export function levelOfHead(text: string, depth = 0): number {
  let count = 0
  let plainWords = 0
  for (const match of text.matchAll(tokens)) {
    const [token] = match
    // Times and numbers are most of a head, and never a level.
    count += 1
    if (isDigit(token.charCodeAt(0)) && isHeaderToken(token)) continue
    if (count > maxTokens || match.index > maxHeadLength) return unknown
    const rest = text.slice(match.index + token.length, match.index + token.length + 4)
    const isBetweenTabs = text[match.index - 1] === '\t' && rest.startsWith('\t')
    const level = levelOfToken(token, { depth, isFirst: count === 1, isBetweenTabs, rest })
    if (level !== unknown) return level
    if (isHeader(token)) continue
    // One bare word is a logger or a service if a separator follows: `app - INFO - ...`, `web-1 | INFO ...`.
    plainWords += 1
    if (plainWords > 2 || !/^\s*(?:[-|:>]\s|\[)/.test(rest)) return unknown
  }
  return unknown
}

interface Place {
  /** How many brackets are around it. */
  depth: number
  isFirst: boolean
  isBetweenTabs: boolean
  /** The characters behind it. */
  rest: string
}

function levelOfToken(token: string, place: Place): number {
  const isBracketed = /^[[(<|].*[\])>|]:?$/.test(token)
  const core = token
    .replace(/^[[(<{|"'*\-=]+/, '')
    .replace(/[\])>}|"'*:,;!\-=]+$/, '')
    .trim()
  const level = levelOfWord(core)
  if (level !== unknown) {
    if (isBracketed || place.depth > 0 || place.isBetweenTabs) return level
    return isSaidAlone(token, core, place) ? level : unknown
  }
  return (
    levelOfJoined(token, core, place) || (isBracketed && place.depth === 0 ? levelOfHead(core, 1) : unknown)
  )
}

/** `INFO`, `warn:`; a word that is often no level only with a colon or in front of a bracket. */
function isSaidAlone(token: string, core: string, { isFirst, rest }: Place): boolean {
  const hasColon = token.endsWith(':')
  if (core === core.toUpperCase()) return hasColon || !isWeakWord(core) || (!isFirst && /^\s+\[/.test(rest))
  return hasColon && (isFirst || !isWeakWord(core))
}

function levelOfJoined(token: string, core: string, { depth, isFirst }: Place): number {
  // `INFO:root:message`, `WARN|app`, `ERROR/MainProcess`
  const before = /^([A-Z]+)[:|/](?=\S)/.exec(core)?.[1]
  if (before && (isFirst || depth > 0) && !isWeakWord(before)) return levelOfWord(before)
  // `app.INFO:`, `local.ERROR:` (Monolog, Laravel)
  const dotted = /^[\w-]+\.([A-Z]+):$/.exec(token)?.[1]
  if (dotted) return levelOfWord(dotted)
  // `[core:error]` (Apache), `[Server thread/INFO]` (log4j of games)
  const inside = /^\[[\w .-]+[:/]([a-z]+\d?|[A-Z]+)\]:?$/.exec(token)?.[1]
  return inside ? levelOfWord(inside) : unknown
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

const calendar =
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|UTC|GMT|CET|CEST|[AP]M),?$/

/** True for what stands in front of a level: times, numbers, bracketed things, dotted logger names, separators. */
export function isHeader(text: string): boolean {
  return text.includes(' ') ? text.split(/\s+/).every(isHeaderToken) : isHeaderToken(text)
}

function isHeaderToken(token: string): boolean {
  if (!/[A-Za-z]/.test(token)) return true
  if (/^[[(<{|]|[\])>]:?$/.test(token) || calendar.test(token)) return true
  if (/\d/.test(token) && /[:\-.[\]T@#]/.test(token)) return true
  return /^\/?[\w$-]+(?:[./:@][\w$-]+)+:?$/.test(token)
}
