import 'server-only'
import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Document, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml'
import { CodedError } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import { homeOf } from '#server/compose/cli/environment'

const maxBytes = 256 * 1024
const maxAliases = 100
const maxDepth = 50
const maxFiles = 50

/**
 * Looks at the files of a project, and at the local files they include or extend, before Compose does: a few hundred bytes of
 * nested aliases keep Compose busy for minutes, and an include from elsewhere would be fetched. Throws `compose_invalid` or
 * `remote_include_disabled`.
 */
export function guardFiles(target: ComposeTarget): void {
  const queue = target.configFiles.map((file) => resolve(target.workingDir, file))
  const seen = new Set<string>()
  const hasHome = homeOf(target) !== null
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (seen.has(file)) continue
    seen.add(file)
    if (seen.size > maxFiles) throw invalid(file, `more than ${maxFiles} files belong together`)
    const text = readComposeFile(file)
    const document = guardText(text, file)
    if (!hasHome && usesHome(text)) throw homeless(file, target)
    queue.push(...localFiles(document, file))
  }
}

/** The text of a compose file. Throws `files_unreadable`, `compose_invalid` above 256 kB. */
export function readComposeFile(file: string): string {
  try {
    const path = realpathSync(/* turbopackIgnore: true */ file)
    const { size, isFile } = { size: lstatSync(path).size, isFile: lstatSync(path).isFile() }
    if (!isFile) throw invalid(file, 'it is not a file')
    if (size > maxBytes) throw invalid(file, `it is larger than ${maxBytes / 1024} kB`)
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('files_unreadable', `${file} cannot be read.`, {
      hint: 'Check that it is there and that the user Composure runs as may read it.',
      cause,
    })
  }
}

/** Parses without resolving aliases; throws when the text is no YAML, nests too deep, or repeats itself by more than 100 aliases. */
export function guardText(text: string, file: string): Document {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent', merge: true })
  const [error] = document.errors
  if (error) throw invalid(file, error.message.split('\n')[0] ?? 'it is not YAML', error.linePos?.[0].line)
  let aliases = 0
  visit(document, {
    Alias: () => {
      aliases += 1
    },
    Node: (_key, _node, path) => {
      if (path.length > maxDepth * 2) throw invalid(file, `it nests deeper than ${maxDepth}`)
    },
  })
  if (aliases > maxAliases) throw invalid(file, `it repeats itself by more than ${maxAliases} aliases`)
  return document
}

/** Local files that `include` and `extends` name; one from elsewhere is refused. What holds a variable is left to Compose. */
function localFiles(document: Document, file: string): string[] {
  const paths = [...includes(document.get('include', true)), ...extended(document.get('services', true))]
  const remote = paths.find(
    (path) => /^(?:[a-z][a-z0-9+.-]*:|git@|github\.com\/)/i.test(path) || /\.git(?:#|$)/.test(path),
  )
  if (remote !== undefined)
    throw new CodedError(
      'remote_include_disabled',
      `${file} includes ${remote.slice(0, 200)}, which is not on this machine.`,
      {
        hint: 'Fetch it yourself, look at it, and include the local copy.',
      },
    )
  return paths.filter((path) => !path.includes('$')).map((path) => resolve(dirname(file), path))
}

function includes(node: unknown): string[] {
  if (!isSeq(node)) return []
  return node.items.flatMap((item) => {
    if (!isMap(item)) return textOf(item)
    const path: unknown = item.get('path', true)
    return isSeq(path) ? path.items.flatMap(textOf) : textOf(path)
  })
}

function extended(services: unknown): string[] {
  if (!isMap(services)) return []
  return services.items.flatMap(({ value }) => {
    const extend: unknown = isMap(value) ? value.get('extends', true) : null
    return isMap(extend) ? textOf(extend.get('file', true)) : []
  })
}

function textOf(node: unknown): string[] {
  return isScalar(node) && typeof node.value === 'string' ? [node.value] : []
}

/** `$HOME`, `${HOME...}` outside a comment, or a path that begins with `~/`. */
function usesHome(text: string): boolean {
  return text.split('\n').some((line) => /^[^#]*(?:(?<!\$)\$\{?HOME\b|(?:^|[\s"':-])~\/)/.test(line))
}

function homeless(file: string, { workingDir }: ComposeTarget): CodedError {
  return new CodedError(
    'compose_invalid',
    `${file} speaks of a home folder, and Composure cannot know whose.`,
    {
      hint: `Write it down once: HOME=/home/you in ${resolve(workingDir, '.env')}. Then $HOME and ~ mean that folder.`,
    },
  )
}

function invalid(file: string, reason: string, line?: number): CodedError {
  return new CodedError('compose_invalid', `${file}${line ? `, line ${line}` : ''}: ${reason}.`, {
    hint: 'Nothing was started. Mend the file, then try again.',
  })
}
