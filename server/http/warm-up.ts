import 'server-only'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Env } from '#server/env'
import { log } from '#server/log'

/** The first pages of anybody: with them comes what all pages share. */
const firstPages = ['/sign-in', '/']
/** Who waits for the start asks first. */
const delayMs = 500
const anyAddress = new Set(['0.0.0.0', '::'])

/** Loads what the first pages need, once the server listens, so that neither the start nor the first visitor waits for it. */
export async function warmUp(env: Env): Promise<void> {
  await sleep(delayMs, undefined, { ref: false })
  for (const path of firstPages)
    await ask(env, path).catch((error: unknown) => log.debug('no warm-up', { path, error: String(error) }))
}

function ask(env: Env, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: anyAddress.has(env.host) ? '127.0.0.1' : env.host,
      port: env.port,
      path,
      headers: { host: env.allowedHosts[0] ?? env.host },
      agent: false,
      timeout: 5_000,
    })
    sent.on('response', (answer) => answer.resume().on('close', resolve))
    sent.on('timeout', () => sent.destroy(new Error('no answer')))
    sent.on('error', reject)
    sent.end()
  })
}
