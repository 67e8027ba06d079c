import { execFile } from 'node:child_process'
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Server } from './postgres.ts'

const run = promisify(execFile)
const packages = '/usr/lib/postgresql'

/** A server from Debian's package in a temporary folder; run by the user `postgres` where we are root, as it must be. */
export async function localServer(options: {
  name: string
  port: number
  password: string
}): Promise<Server> {
  const { name, port, password } = options
  const bin = join(packages, await newestVersion(), 'bin')
  const asPostgres = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : []
  const execute = async (program: string, ...args: string[]) => {
    const [file = '', ...rest] = [...asPostgres, join(bin, program), ...args]
    await run(file, rest, { cwd: '/' })
  }

  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')]
  await writeFile(passwordFile, password)
  if (asPostgres.length > 0) {
    const { stdout } = await run('id', ['-u', 'postgres'])
    for (const path of [folder, passwordFile]) await chown(path, Number(stdout), -1)
  }
  await execute(
    'initdb',
    '--no-sync',
    '-A',
    'scram-sha-256',
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    data,
  )

  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`
  const stop = () => execute('pg_ctl', '-D', data, '-m', 'fast', '-w', 'stop')
  return {
    start: () => execute('pg_ctl', '-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start'),
    stop,
    freeze: () => signalAll(data, 'SIGSTOP'),
    thaw: () => signalAll(data, 'SIGCONT'),
    remove: async () => {
      await stop().catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function newestVersion(): Promise<string> {
  const versions = await readdir(packages).catch(() => [])
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  if (newest) return newest
  throw new Error(
    'these tests need PostgreSQL: run bin/engine for the Docker image, or apt-get install postgresql',
  )
}

/** Every process of the server: each connection is served by a child of the first. */
async function signalAll(data: string, signal: NodeJS.Signals): Promise<void> {
  const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0])
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  for (const each of [pid, ...children.split(' ').filter(Boolean).map(Number)]) process.kill(each, signal)
}
