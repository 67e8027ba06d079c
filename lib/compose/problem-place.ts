/** What a message of Compose says about where: a file, a line, or a path of keys like `services.app`. */
export interface ProblemWords {
  message: string
  path: string
  line: number
  keys: string[]
}

/** Reads Compose's own words: `validating /x/compose.yaml: services.app additional properties 'imagee' not allowed`, `yaml: line 3: ...`. */
export function readProblem(said: string): ProblemWords {
  const [, path = '', rest = said] =
    /^(?:validating |failed to parse |parsing )?((?:\/|[A-Z]:\\)[^:]*\.ya?ml): (.*)$/s.exec(said) ?? []
  const line = Number(/\bline (\d+)/.exec(rest)?.[1] ?? 0)
  const keys = (/^((?:services|networks|volumes|configs|secrets)(?:\.[\w-]+)+)/.exec(rest)?.[1] ?? '')
    .split('.')
    .filter(Boolean)
  const extra = /additional propert(?:y|ies) '([^']+)'/.exec(rest)?.[1]
  const service = /service "([^"]+)"/.exec(rest)?.[1]
  const named = keys.length === 0 && service ? ['services', service] : keys
  return {
    message: rest.replace(/^yaml: line \d+: /, ''),
    path,
    line,
    keys: extra ? [...named, extra] : named,
  }
}
