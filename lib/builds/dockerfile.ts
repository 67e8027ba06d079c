/** What of a Dockerfile can be chosen for a build. */
export interface DockerfileChoices {
  /** Names of its stages, in their order; a stage without a name is left out. */
  stages: string[]
  /** Its arguments, each once, with the default it has; null when it has none. */
  args: { name: string; value: string | null }[]
}

/** Reads the stages and arguments of a Dockerfile, as far as they are plain. Source: Dockerfile reference, `FROM` and `ARG`. */
export function readDockerfile(text: string): DockerfileChoices {
  const stages = new Set<string>()
  const args = new Map<string, string | null>()
  for (const { keyword, rest } of instructions(text)) {
    const stage = keyword === 'FROM' ? /\sAS\s+([A-Za-z0-9._-]+)\s*$/i.exec(rest)?.[1] : undefined
    if (stage !== undefined) stages.add(stage)
    if (keyword === 'ARG')
      for (const arg of readArgs(rest)) args.set(arg.name, args.get(arg.name) ?? arg.value)
  }
  return { stages: [...stages], args: [...args].map(([name, value]) => ({ name, value })) }
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
