import 'server-only'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a worker thread. `source` is its file from the project's root; in the build it stands in `threads/` beside the
 * server, named by its path (bin/build.mjs).
 */
export function startThread(source: string, options: WorkerOptions): Worker {
  const root = process.cwd()
  const built = join(/* turbopackIgnore: true */ root, 'threads', builtName(source))
  const file = existsSync(built) ? built : join(/* turbopackIgnore: true */ root, source)
  return new Worker(/* turbopackIgnore: true */ file, {
    // Under this condition `server-only` is an empty module.
    execArgv: ['--conditions=react-server', '--disable-warning=ExperimentalWarning'],
    // A thread has no use for the settings of the process, nor for the secrets among them.
    env: {},
    ...options,
  })
}

function builtName(source: string): string {
  return source.replaceAll('/', '-').replace(/\.ts$/, '.mjs')
}
