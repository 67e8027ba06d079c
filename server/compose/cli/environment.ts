import 'server-only'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ComposeTarget } from '#lib/compose/arguments'
import { currentEnv } from '#server/env'
import { plainConfig } from './client-config.ts'

/**
 * Everything Compose gets to see of the outside. `${DATABASE_URL}` in a compose file must not find ours, so nothing of our own
 * environment is passed on; HOME is an empty folder unless the project's `.env` says one.
 */
export function composeEnvironment(target: ComposeTarget): Record<string, string> {
  const { dataDir, dockerHost } = currentEnv()
  const home = join(dataDir, 'compose')
  mkdirSync(join(home, 'empty'), { recursive: true, mode: 0o700 })
  return {
    PATH: process.env.PATH || '/usr/local/bin:/usr/bin:/bin',
    HOME: homeOf(target) ?? join(home, 'empty'),
    // Compose files say ${PWD} for the folder they are run in.
    PWD: target.workingDir,
    DOCKER_HOST: dockerHost.startsWith('/') ? `unix://${dockerHost}` : dockerHost.replace(/^http:/, 'tcp:'),
    DOCKER_CONFIG: plainConfig(home),
    // Its own builder names the service of each step; newer versions have bake only and do not listen.
    COMPOSE_BAKE: 'false',
    // Includes from elsewhere would be fetched and run unseen.
    COMPOSE_EXPERIMENTAL_GIT_REMOTE: 'false',
    COMPOSE_EXPERIMENTAL_OCI_REMOTE: 'false',
    COMPOSE_MENU: 'false',
  }
}

/** `HOME` as the project's environment files have it, or null. */
export function homeOf(target: ComposeTarget): string | null {
  const files = target.envFiles.length > 0 ? target.envFiles : [join(target.workingDir, '.env')]
  for (const file of [...files].reverse()) {
    const found = /^\s*(?:export\s+)?HOME\s*=\s*["']?([^"'\n#]+?)["']?\s*(?:#.*)?$/m.exec(readText(file))?.[1]
    if (found) return found
  }
  return null
}

function readText(file: string): string {
  try {
    return readFileSync(/* turbopackIgnore: true */ file, 'utf8')
  } catch {
    return ''
  }
}
