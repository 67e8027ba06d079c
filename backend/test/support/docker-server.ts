import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Server } from './postgres.ts'

const image = 'postgres:17-trixie'
const run = promisify(execFile)
const docker = (...args: string[]) => run('docker', args)

/** True when an Engine answers and has the image; nothing is pulled. */
export async function hasDockerImage(): Promise<boolean> {
  return docker('image', 'inspect', image).then(
    () => true,
    () => false,
  )
}

/** A container of the very image the stack runs. */
export async function dockerServer(options: {
  name: string
  port: number
  password: string
}): Promise<Server> {
  const { name, port, password } = options
  const publish = `127.0.0.1:${port}:5432`
  await docker(
    'create',
    '--name',
    name,
    '--publish',
    publish,
    '--env',
    `POSTGRES_PASSWORD=${password}`,
    image,
  )
  return {
    start: async () => void (await docker('start', name)),
    stop: async () => void (await docker('stop', name)),
    freeze: async () => void (await docker('pause', name)),
    thaw: async () => void (await docker('unpause', name)),
    remove: async () => void (await docker('rm', '--force', '--volumes', name)),
  }
}
