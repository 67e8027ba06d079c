import 'server-only'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { ownContainerId } from '../itself.ts'

/** State 0A of `/proc/net/tcp` is LISTEN. */
const listening = '0A'
const maxProcesses = 20_000

/**
 * The program of this machine that listens on a TCP port, e.g. `postgres (process 812)`; null when it cannot be seen from here: in a container,
 * or of another user. Source: `/proc/net/tcp`, `/proc/{pid}/fd`.
 */
export async function programOnPort(port: number): Promise<string | null> {
  // Inside a container these are the ports of the container.
  if (ownContainerId() !== null) return null
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => textOf(`/proc/net/${name}`)))
  const inodes = new Set(tables.flatMap((table) => inodesOf(table, port)))
  if (inodes.size === 0) return null
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  for (const pid of pids.slice(0, maxProcesses)) {
    if (!(await holdsOne(pid, inodes))) continue
    const name = (await textOf(`/proc/${pid}/comm`)).trim()
    return name === '' ? null : `${name} (process ${pid})`
  }
  return null
}

/** The sockets that listen on a port in a table of `/proc/net`. */
export function inodesOf(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    return state === listening && local.endsWith(`:${wanted}`) ? [inode] : []
  })
}

async function holdsOne(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const target = await readlink(`${folder}/${name}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (inode !== undefined && inodes.has(inode)) return true
  }
  return false
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '')
}
