import 'server-only'
import type Docker from 'dockerode'
import { CodedError } from '#lib/api/errors'

interface Dial {
  method?: string
  path?: string
}

/** What dockerode's `modem` does for every call of every object it hands out. */
interface Modem {
  dial: (options: Dial, callback: (error: unknown, data?: unknown) => void) => unknown
}

/**
 * The same client, which cannot send what changes something: behind COMPOSURE_READ_ONLY a handler that was let in by mistake still reaches no
 * mutator. A GET that upgrades to a terminal's input (`attach/ws`) is none of the reads.
 */
export function onlyReading(docker: Docker): Docker {
  // dockerode types its modem as any.
  const modem = docker.modem as Modem
  const dial = modem.dial.bind(modem)
  modem.dial = (options, callback) => {
    const method = options.method ?? ''
    if ((method === 'GET' || method === 'HEAD') && !/\/attach\/ws/.test(options.path ?? ''))
      return dial(options, callback)
    callback(
      new CodedError('read_only', 'This dashboard only reads: nothing can be changed here.', {
        hint: 'Whoever runs it has set COMPOSURE_READ_ONLY=1.',
      }),
    )
    return undefined
  }
  return docker
}
