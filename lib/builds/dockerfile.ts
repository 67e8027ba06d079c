/** What of a Dockerfile can be chosen for a build. */
export interface DockerfileChoices {
  /** Names of its stages, in their order; a stage without a name is left out. */
  stages: string[]
  /** Its arguments, each once, with the default it has; null when it has none. */
  args: { name: string; value: string | null }[]
  /** Ids of the secrets that its steps mount. */
  secrets: string[]
  /** Ids of the SSH keys that its steps mount. */
  sshKeys: string[]
}

/** Reads the stages, arguments and mounted secrets of a Dockerfile, as far as they are plain. Source: Dockerfile reference, `FROM`, `ARG` and `RUN --mount`. */
export function readDockerfile(text: string): DockerfileChoices {
  const stages = new Set<string>()
  const args = new Map<string, string | null>()
  const mounts = { secret: new Set<string>(), ssh: new Set<string>() }
  for (const { keyword, rest } of instructions(text)) {
    if (keyword === 'RUN') for (const { type, id } of readMounts(rest)) mounts[type].add(id)
    const stage = keyword === 'FROM' ? /\sAS\s+([A-Za-z0-9._-]+)\s*$/i.exec(rest)?.[1] : undefined
    if (stage !== undefined) stages.add(stage)
    if (keyword === 'ARG')
      for (const arg of readArgs(rest)) args.set(arg.name, args.get(arg.name) ?? arg.value)
  }
  return {
    stages: [...stages],
    args: [...args].map(([name, value]) => ({ name, value })),
    secrets: [...mounts.secret],
    sshKeys: [...mounts.ssh],
  }
}

interface Mount {
  type: 'secret' | 'ssh'
  id: string
}

/** `RUN --mount=type=secret,id=npmrc --mount=type=ssh make`: an id left out is that of the target's name, or `default`. */
function readMounts(rest: string): Mount[] {
  const flags = /^(?:\s*--\w+=\S+(?=\s|$))*/.exec(rest)?.[0] ?? ''
  return [...flags.matchAll(/--mount=(\S+)/g)].flatMap(([, options = '']): Mount[] => {
    const of = (key: string): string | undefined => new RegExp(`(?:^|,)(?:${key})=([^,]+)`).exec(options)?.[1]
    const type = of('type')
    if (type === 'ssh') return [{ type, id: of('id') ?? 'default' }]
    const id = of('id') ?? of('target|dst|destination')?.split('/').at(-1)
    return type === 'secret' && id !== undefined ? [{ type, id }] : []
  })
}

/** Whole instructions: comments left out, continued lines joined. The text of a here-document is no instruction. */
function instructions(text: string): { keyword: string; rest: string }[] {
  const found: { keyword: string; rest: string }[] = []
  let open = ''
  let until: string | null = null
  for (const line of text.split(/\r?\n/)) {
    if (until !== null) {
      if (line.trim() === until) until = null
      continue
    }
    if (line.trimStart().startsWith('#') || (open !== '' && line.trim() === '')) continue
    open += line
    if (open.endsWith('\\')) {
      open = `${open.slice(0, -1)} `
      continue
    }
    const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)\s(.*)$/s.exec(open) ?? []
    found.push({ keyword: keyword.toUpperCase(), rest })
    until = /<<-?\s*["']?([A-Za-z_][A-Za-z0-9_]*)["']?/.exec(open)?.[1] ?? null
    open = ''
  }
  return found
}

/** `ARG A B=1 C="two words"`. */
function readArgs(rest: string): { name: string; value: string | null }[] {
  return [...rest.matchAll(/([A-Za-z_][A-Za-z0-9_]*)(?:=("[^"]*"|'[^']*'|\S*))?/g)].map(
    ([, name = '', value]) => ({
      name,
      value: value === undefined ? null : value.replace(/^(["'])(.*)\1$/s, '$2'),
    }),
  )
}

/** True for names people give to files that are built from. */
export const isDockerfileName = (name: string): boolean =>
  /^(?:Dockerfile|Containerfile)(?:\.[^/]+)?$|\.(?:Dockerfile|Containerfile)$/i.test(name) &&
  !name.endsWith('.dockerignore')
