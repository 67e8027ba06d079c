import 'server-only'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { log } from '#server/log'

const lookEveryMs = 2_500
/** Sent so many times without an answer, waiting twice as long each time: about 13 s of silence on a fast line. */
const deadAfterResends = 6

/**
 * Ends connections whose other end is gone without a word: a laptop that sleeps, a network that is down. The kernel resends
 * for a quarter of an hour, a quiet event stream would be kept that long; it says how often in vain. Source: `/proc/net/tcp`
 * (proc_net_tcp, Linux); where there is none, the kernel's own patience counts.
 */
export function endDeadConnections(server: Server): void {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    // Who is on this machine cannot go without a word.
    if (isLoopback(socket.remoteAddress)) return
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  setInterval(() => void look(sockets), lookEveryMs).unref()
}

function isLoopback(address = ''): boolean {
  return /^(?:::ffff:)?127\.|^::1$/.test(address)
}

async function look(sockets: ReadonlySet<Socket>): Promise<void> {
  if (sockets.size === 0) return
  const tables = await Promise.all(
    ['/proc/self/net/tcp', '/proc/self/net/tcp6'].map((path) => readFile(path, 'latin1').catch(() => '')),
  )
  const dead = new Set(tables.flatMap((table) => unanswered(table, deadAfterResends)))
  if (dead.size === 0) return
  let count = 0
  for (const socket of sockets) {
    if (!dead.has(peerOf(socket))) continue
    socket.destroy()
    count += 1
  }
  if (count > 0) log.info('connections whose other end does not answer are closed', { count })
}

function peerOf({ localPort, remoteAddress = '', remotePort }: Socket): string {
  return `${localPort} ${ipv4(remoteAddress)} ${remotePort}`
}

// Those of IPv6 are told apart by their ports alone.
function ipv4(address: string): string {
  return /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1] ?? ''
}

/** `local port, remote IPv4 address or nothing, remote port` of established connections resent to at least `resends` times in vain. */
export function unanswered(table: string, resends: number): string[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', remote = '', state, , , count = ''] = line.trim().split(/\s+/)
    if (state !== '01' || !(Number.parseInt(count, 16) >= resends)) return []
    const [address = '', port = ''] = remote.split(':')
    return [`${hex(local.split(':')[1] ?? '')} ${addressOf(address)} ${hex(port)}`]
  })
}

/** The kernel writes each four bytes of an address as one number of this machine's byte order. */
function addressOf(text: string): string {
  const isMapped = text.length === 32 && text.startsWith('0000000000000000FFFF0000')
  if (text.length !== 8 && !isMapped) return ''
  return Buffer.from(text.slice(-8), 'hex').reverse().join('.')
}

function hex(text: string): number {
  return Number.parseInt(text, 16)
}
