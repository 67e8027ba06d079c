import type { RunMount } from './run-spec.ts'
import { volumeNameProblem } from '../docker/volumes/volume-name.ts'

const volumeOptions: readonly string[] = ['z', 'Z', 'nocopy', 'consistent', 'cached', 'delegated']
const bindOptions: readonly string[] = [
  ...volumeOptions,
  'shared',
  'slave',
  'private',
  'rshared',
  'rslave',
  'rprivate',
]
const strictOptions: readonly string[] = [
  'bind-propagation',
  'bind-recursive',
  'consistency',
  'tmpfs-mode',
  'tmpfs-size',
  'volume-driver',
  'volume-label',
  'volume-nocopy',
  'volume-opt',
  'volume-subpath',
]

/** Reads what `-v` takes: `[source:]target[:options]`; a text says what is wrong. */
export function parseVolume(text: string): RunMount | string {
  if (/^[A-Za-z]:[\\/]/.test(text))
    return 'A folder of Windows: this Engine runs Linux and needs a path like /home/me/data.'
  const parts = text.split(':')
  if (parts.length > 3)
    return 'Too many colons: write source:target:options, or use --mount for a path with a colon.'
  const [first = '', second, third = ''] = parts
  const source = second === undefined ? '' : first
  if (second !== undefined && source === '') return 'Write a volume or a folder before the colon.'
  const options = third === '' ? [] : third.split(',')
  const mount: RunMount = {
    type: isPath(source) ? 'bind' : 'volume',
    source,
    target: second ?? first,
    isReadOnly: options.includes('ro'),
    options: options.filter((option) => option !== 'ro' && option !== 'rw').join(','),
    isStrict: false,
  }
  return mountProblem(mount) ?? mount
}

/** Reads what `--tmpfs` takes: `target[:options]`; a text says what is wrong. */
export function parseTmpfs(text: string): RunMount | string {
  const colon = text.indexOf(':')
  const options =
    colon < 0
      ? []
      : text
          .slice(colon + 1)
          .split(',')
          .filter(Boolean)
  const mount: RunMount = {
    type: 'tmpfs',
    source: '',
    target: colon < 0 ? text : text.slice(0, colon),
    isReadOnly: options.includes('ro'),
    options: options.filter((option) => option !== 'ro' && option !== 'rw').join(','),
    isStrict: false,
  }
  return mountProblem(mount) ?? mount
}

/** Reads what `--mount` takes: `type=bind,source=/a,target=/b,readonly`; a text says what is wrong. */
export function parseMount(text: string): RunMount | string {
  const mount: RunMount = {
    type: 'volume',
    source: '',
    target: '',
    isReadOnly: false,
    options: '',
    isStrict: true,
  }
  const options: string[] = []
  for (const part of splitCsv(text)) {
    const equals = part.indexOf('=')
    const key = (equals < 0 ? part : part.slice(0, equals)).toLowerCase()
    const value = equals < 0 ? '' : part.slice(equals + 1)
    if (key === 'type') {
      if (value !== 'bind' && value !== 'volume' && value !== 'tmpfs')
        return `A mount of type “${value}” is not known here: volume, bind or tmpfs.`
      mount.type = value
    } else if (key === 'source' || key === 'src') mount.source = value
    else if (key === 'target' || key === 'dst' || key === 'destination') mount.target = value
    else if (key === 'readonly' || key === 'ro')
      mount.isReadOnly = value === '' || value === 'true' || value === '1'
    else options.push(part)
  }
  mount.options = joinCsv(options)
  return mountProblem(mount) ?? mount
}

/** The option a mount is written with, and its value. */
export function printMount(mount: RunMount): [flag: 'volume' | 'tmpfs' | 'mount', value: string] {
  const isStrict = mount.isStrict || needsStrict(mount)
  if (isStrict) {
    const parts = [`type=${mount.type}`]
    if (mount.source !== '') parts.push(`source=${mount.source}`)
    parts.push(`target=${mount.target}`)
    if (mount.isReadOnly) parts.push('readonly')
    return ['mount', joinCsv([...parts, ...splitCsv(mount.options)])]
  }
  const options = [
    ...(mount.isReadOnly ? ['ro'] : []),
    ...(mount.options === '' ? [] : [mount.options]),
  ].join(',')
  const tail = options === '' ? '' : `:${options}`
  if (mount.type === 'tmpfs') return ['tmpfs', `${mount.target}${tail}`]
  // Options after a single path would be read as its target.
  return ['volume', mount.source === '' ? mount.target : `${mount.source}:${mount.target}${tail}`]
}

/** True when `-v` cannot say it: a colon in a path, or options for a volume without a name. */
export function needsStrict({ type, source, target, isReadOnly, options }: RunMount): boolean {
  if (source.includes(':') || target.includes(':')) return true
  return type === 'volume' && source === '' && (isReadOnly || options !== '')
}

/** What is wrong with a mount, in words for its row, or null. */
export function mountProblem(mount: RunMount): string | null {
  const { type, source, target, options } = mount
  if (target === '') return 'Write the path inside the container, for example /data.'
  if (!target.startsWith('/')) return `“${target}” is not a full path inside: it begins with /.`
  if (target.split('/').every((part) => part === '' || part === '.' || part === '..'))
    return 'Nothing can be mounted over the root folder.'
  if (/\0/.test(source + target)) return 'A path has no NUL.'
  const sourceProblem = sourceProblemOf(type, source)
  return sourceProblem ?? optionsProblem(mount, options)
}

function sourceProblemOf(type: RunMount['type'], source: string): string | null {
  if (type === 'tmpfs') return source === '' ? null : 'Memory has no source.'
  if (type === 'volume') return source === '' ? null : volumeNameProblem(source, [])
  if (source === '') return 'Write the folder of the machine, for example /srv/data.'
  return source.startsWith('/')
    ? null
    : `“${source}” is not a full path: the browser does not know your folder, so write it from / on.`
}

function optionsProblem(mount: RunMount, text: string): string | null {
  if (text === '' || (mount.type === 'tmpfs' && !mount.isStrict)) return null
  const isStrict = mount.isStrict || needsStrict(mount)
  const known = isStrict ? strictOptions : mount.type === 'bind' ? bindOptions : volumeOptions
  const unknown = splitCsv(text).find(
    (part) => !known.includes(isStrict ? (part.split('=', 1)[0] ?? '') : part),
  )
  return unknown === undefined ? null : `“${unknown}” is not an option of this mount: ${known.join(', ')}.`
}

const isPath = (source: string): boolean => /^[./~\\]/.test(source) || source.includes('/')

/** Fields of one CSV line, as `--mount` reads it: quotes around a field that has a comma. */
export function splitCsv(text: string): string[] {
  if (text === '') return []
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  )
}

function joinCsv(parts: readonly string[]): string {
  return parts.map((part) => (/[",\n\r]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join(',')
}
