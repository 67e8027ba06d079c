import 'server-only'
import type Docker from 'dockerode'
import { CodedError } from '#lib/api/errors'
import { modemOf } from './dial.ts'

/**
 * The same client, which cannot send what changes something: behind COMPOSURE_READ_ONLY a handler that was let in by mistake still reaches no
 * mutator. A GET that upgrades to a terminal's input (`attach/ws`) is none of the reads.
 */
export function onlyReading(docker: Docker): Docker {
  const modem = modemOf(docker)
  const dial = modem.dial.bind(modem)
  modem.dial = (options, callback) => {
    const { method = '', path = '' } = options
    if ((method === 'GET' || method === 'HEAD') && !path.includes('/attach/ws'))
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
