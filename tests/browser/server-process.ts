import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A Composure of its own: a free port, a fresh data directory. */
export interface ServerProcess {
  url: string
  port: number
  dataDir: string
  process: ChildProcess
  /** Everything it has printed. */
  output: () => string
  /** Sends SIGTERM and waits; the exit status. */
  stop: () => Promise<number | null>
}

/**
 * Starts the production build in dist/ (or `npm run dev` with COMPOSURE_E2E_DEV=1) and waits until it listens. An `env` value
 * of undefined unsets; the password is `password` unless `env` says otherwise. `through` is a program that runs it, with its options.
 */
export async function startServer(
  env: Record<string, string | undefined> = {},
  through: readonly string[] = [],
): Promise<ServerProcess> {
  const isDev = process.env.COMPOSURE_E2E_DEV === '1'
  if (!isDev && !existsSync(join(root, 'dist/server.mjs')))
    throw new Error(
      'dist/ is not built: run `npm run build` first, or set COMPOSURE_E2E_DEV=1 for the dev server.',
    )
  const port = Number(env.PORT ?? (await freePort()))
  const dataDir = mkdtempSync(join(tmpdir(), 'composure-e2e-'))
  const shipped = asShipped()
  const args = isDev
    ? ['--conditions=react-server', 'server/main.ts', '--dev']
    : [...shipped.options, 'dist/server.mjs']
  const [program = '', ...options] = [...through, join(root, 'node_modules/.bin/node'), ...args]
  const child = spawn(program, options, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: isDev ? 'development' : 'production',
      NODE_OPTIONS: '',
      ...shipped.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      COMPOSURE_DATA_DIR: dataDir,
      COMPOSURE_PASSWORD: password,
      NEXT_TELEMETRY_DISABLED: '1',
      // It would read the logs of every container of this machine: tests of the archive switch it on.
      COMPOSURE_HISTORY: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const started = new Promise<void>((resolve, reject) => {
    const read = (bytes: Buffer) => {
      printed += bytes.toString()
      if (printed.includes('"message":"listening"')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (status) => reject(new Error(`Composure ended with status ${status}:\n${printed}`)))
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    const status = await exited
    rmSync(dataDir, { recursive: true, force: true })
    return status
  }
  await started
  return { url: `http://127.0.0.1:${port}`, port, dataDir, process: child, output: () => printed, stop }
}

export const password = 'only for tests'

/** How the image starts Node: its options, and the allocator's settings. Source: CMD and ENV of the Dockerfile. */
function asShipped(): { options: string[]; env: Record<string, string> } {
  const file = readFileSync(join(root, 'Dockerfile'), 'utf8')
  const command = JSON.parse(/^CMD (\[.*\])$/m.exec(file)?.[1] ?? '[]') as string[]
  const env = Object.fromEntries(
    [...file.matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  )
  return { options: command.filter((word) => word.startsWith('--')), env }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
