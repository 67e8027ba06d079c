import { maskCommand, mask, isSecretName } from '../docker/secrets/secret-text.ts'

/** What made a layer, readable: `RUN` and the shell command, `COPY` and its paths. Secrets are masked. */
export interface Instruction {
  /** Dockerfile keyword in capitals, or empty when the text is not a Dockerfile instruction. */
  keyword: string
  /** What follows the keyword. */
  text: string
}

const keywords =
  'ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR'
const startsWithKeyword = new RegExp(`^(${keywords})(?:\\s+|$)`)
const shellStart = /(?:^|\s)(\/bin\/(?:ba|da|a|z)?sh\s+(?:-[a-z]+\s+(?:pipefail\s+)?)*-[a-z]*c\s)/

/**
 * Reads `CreatedBy` of `GET /images/{id}/history`, as the classic builder (`/bin/sh -c #(nop) CMD ...`) and
 * BuildKit (`RUN /bin/sh -c ... # buildkit`) write it, and masks what looks like a secret.
 */
export function readInstruction(createdBy: string): Instruction {
  const raw = createdBy.replace(/\s*# buildkit\s*$/, '').trim()
  const plain = raw.replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
  const keyword = startsWithKeyword.exec(plain)?.[1]
  if (keyword && keyword !== 'RUN') return readNamed(keyword, plain.slice(keyword.length).trim())
  const run = keyword === 'RUN' ? plain.slice(3).trim() : plain
  if (keyword === 'RUN' || /^\|\d+ /.test(run) || shellStart.exec(run)?.index === 0)
    return { keyword: 'RUN', text: readRun(run) }
  return { keyword: '', text: maskCommand(plain) }
}

/** A command in lines a person can read: broken after `&&`, `||` and `;` outside quotes, white space collapsed. */
export function commandLines(text: string): string[] {
  const lines: string[] = []
  let line = ''
  let quote = ''
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? ''
    if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    const two = text.slice(index, index + 2)
    if (!quote && (two === '&&' || two === '||')) {
      lines.push(line)
      line = `${two}`
      index += 1
    } else if (!quote && character === ';' && text[index + 1] !== ';') {
      lines.push(`${line.trimEnd()};`)
      line = ''
    } else line += character
  }
  lines.push(line)
  return lines.map((each) => (quote ? each : each.replace(/\s+/g, ' ').trim())).filter(Boolean)
}

function readNamed(keyword: string, text: string): Instruction {
  switch (keyword) {
    case 'ENV':
    case 'ARG':
    case 'LABEL':
      return { keyword, text: maskAssignments(text) }
    case 'EXPOSE':
      return {
        keyword,
        text: text
          .replace(/^map\[(.*)\]$/, '$1')
          .replaceAll(':{}', '')
          .replace(/^\[(.*)\]$/, '$1'),
      }
    case 'HEALTHCHECK':
      return { keyword, text: readGoHealthcheck(text) }
    case 'COPY':
    case 'ADD':
      return { keyword, text: text.replace(/\b(file|dir|multi):([a-f0-9]{12})[a-f0-9]{52}/g, '$1:$2…') }
    default:
      return { keyword, text: maskCommand(text) }
  }
}

function readRun(text: string): string {
  const shell = shellStart.exec(text)
  if (!shell) return maskCommand(text.replace(/^\|\d+ /, ''))
  const before = text
    .slice(0, shell.index)
    .replace(/^\|\d+\s*/, '')
    .trim()
  const command = text.slice(shell.index + shell[0].length).trim()
  // Build arguments stand before the shell: worth showing, but a secret's value may hold spaces.
  return before ? `${maskAssignments(before)} ${maskCommand(command)}` : maskCommand(command)
}

/** `A=1 SECRET=two words B=3`: the values are not quoted, so a secret's reaches to the next `NAME=`. */
function maskAssignments(text: string): string {
  const starts = [...text.matchAll(/(?:^|\s)([A-Za-z_][\w.-]*)=/g)]
  if (starts.length === 0) return maskSpaced(text)
  const parts = starts.map((start, index) => {
    const part = text.slice(start.index, starts[index + 1]?.index ?? text.length)
    const name = start[1] ?? ''
    const lead = part.startsWith(name) ? '' : (part[0] ?? '')
    const hasValue = part.slice(lead.length).length > name.length + 1
    return isSecretName(name) && hasValue ? `${lead}${name}=${mask}` : maskCommand(part)
  })
  return text.slice(0, starts[0]?.index ?? 0) + parts.join('')
}

/** The old form `ENV NAME value`. */
function maskSpaced(text: string): string {
  const match = /^(\S+)\s+(\S.*)$/s.exec(text)
  return match?.[1] && isSecretName(match[1]) ? `${match[1]} ${mask}` : maskCommand(text)
}

/** A health check in numbers; zero means the Engine's default. */
export interface Healthcheck {
  /** `CMD` or `CMD-SHELL` and the words, or `NONE`. */
  test: readonly string[]
  intervalNs: number
  timeoutNs: number
  startPeriodNs: number
  retries: number
}

/** A health check as a Dockerfile says it: `--interval=5s --retries=5 CMD pg_isready`. Not masked. */
export function readHealthcheck(check: Healthcheck): string {
  const seconds = (ns: number): string => `${Number((ns / 1e9).toFixed(3))}s`
  return healthcheckText(check.test, [
    ['interval', seconds(check.intervalNs)],
    ['timeout', seconds(check.timeoutNs)],
    ['start-period', seconds(check.startPeriodNs)],
    ['retries', String(check.retries)],
  ])
}

function healthcheckText(test: readonly string[], flags: readonly (readonly [string, string])[]): string {
  if (test[0] === 'NONE') return 'NONE'
  const set = flags.filter(([, value]) => value !== '' && value !== '0s' && value !== '0')
  const command = test[0] === 'CMD-SHELL' ? test.slice(1).join(' ') : JSON.stringify(test.slice(1))
  return [...set.map(([name, value]) => `--${name}=${value}`), `CMD ${command}`].join(' ')
}

/** BuildKit prints Go's own notation: `&{["CMD-SHELL" "pg_isready"] "5s" "3s" "0s" "0s" '\x05'}`. */
function readGoHealthcheck(text: string): string {
  const match = /^&\{\[(.*)\]((?:\s+"[^"]*")+)\s+'(.+)'\}$/s.exec(text)
  if (!match) return maskCommand(text)
  const words = [...(match[1] ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) =>
    word.replace(/\\(["\\])/g, '$1'),
  )
  const [interval = '', timeout = '', startPeriod = ''] = [...(match[2] ?? '').matchAll(/"([^"]*)"/g)].map(
    ([, value = '']) => value,
  )
  const shown = healthcheckText(words, [
    ['interval', interval],
    ['timeout', timeout],
    ['start-period', startPeriod],
    ['retries', String(readRune(match[3] ?? ''))],
  ])
  return maskCommand(shown)
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }

function readRune(text: string): number {
  if (/^\\[xu]/.test(text)) return Number.parseInt(text.slice(2), 16)
  if (text.startsWith('\\')) return escapes[text[1] ?? ''] ?? text.charCodeAt(1)
  return text.codePointAt(0) ?? 0
}
