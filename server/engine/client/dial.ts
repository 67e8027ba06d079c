import 'server-only'
import type Docker from 'dockerode'

/** One call as dockerode's modem is told to make it. */
export interface Dial {
  method?: string
  path?: string
}

type Callback = (error: unknown, data?: unknown) => void

/** What dockerode does for every call of every object it hands out. */
export interface Modem {
  dial: (options: Dial, callback: Callback) => unknown
}

export function modemOf(docker: Docker): Modem {
  // dockerode types its modem as any.
  return docker.modem as Modem
}

/** Marks what the Engine refuses with what was asked: `GET /containers/json` tells which permission is missing, the answer does not. */
export function rememberAsked(docker: Docker): Docker {
  const modem = modemOf(docker)
  const dial = modem.dial.bind(modem)
  modem.dial = (options, callback) =>
    dial(options, (error, data) => {
      if (typeof error === 'object' && error !== null)
        Object.assign(error, { asked: { method: options.method ?? 'GET', path: options.path ?? '' } })
      callback(error, data)
    })
  return docker
}

/** What was asked when this error came, or null. */
export function askedOf(error: unknown): Required<Dial> | null {
  if (typeof error !== 'object' || error === null || !('asked' in error)) return null
  // Only `rememberAsked` writes it.
  return error.asked as Required<Dial>
}
