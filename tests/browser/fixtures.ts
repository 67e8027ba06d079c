// oxlint-disable no-empty-pattern -- Playwright reads what a fixture needs from its pattern, and wants one.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { test as base } from '@playwright/test'
import Docker from 'dockerode'

export { expect } from '@playwright/test'

const execute = promisify(execFile)

/** Runs the docker CLI; its output without the last line end. Throws when it fails. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await execute('docker', args, { maxBuffer: 64 * 1024 * 1024 })
  return stdout.trimEnd()
}

/** The real Engine for one test. Everything whose name begins with `prefix` is removed afterwards. */
export interface TestEngine {
  client: Docker
  /** `e2e-` and six random letters: begin every name with it. */
  prefix: string
  /**
   * Starts a busybox container `${prefix}-${name}` that runs `script` in sh; its full id. `options` go to `docker run`, e.g.
   * `['--label', 'com.docker.compose.project=x']`.
   */
  run: (name: string, script?: string, options?: string[]) => Promise<string>
}

interface Fixtures {
  engine: TestEngine
  /** Fails a test whose page threw, or whose page the Content Security Policy had to stop. */
  cleanPage: undefined
}

/** `page` is signed in as admin, all tests in one session: whoever signs out or in uses `visitor`. `test.use({ storageState: visitor })` for somebody who is not. */
export const test = base.extend<Fixtures>({
  baseURL: async ({}, provide) => provide(process.env.COMPOSURE_E2E_URL),
  storageState: async ({}, provide) => provide(process.env.COMPOSURE_E2E_STATE),
  engine: async ({}, provide) => {
    const prefix = `e2e-${randomBytes(3).toString('hex')}`
    const run: TestEngine['run'] = (name, script = 'sleep 3600', options = []) =>
      docker('run', '-d', '--init', '--name', `${prefix}-${name}`, ...options, 'busybox', 'sh', '-c', script)
    await provide({ client: new Docker(), prefix, run })
    await removeAll(prefix)
  },
  cleanPage: [
    async ({ page }, provide) => {
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(String(error)))
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) faults.push(message.text())
      })
      await provide(undefined)
      if (faults.length > 0) throw new Error(`The page had faults:\n${faults.join('\n')}`)
    },
    { auto: true },
  ],
})

export const visitor = { cookies: [], origins: [] }

async function removeAll(prefix: string): Promise<void> {
  const names = async (...args: string[]) => (await docker(...args)).split('\n').filter(Boolean)
  const containers = await names('ps', '-aq', '--filter', `name=^/?${prefix}`)
  if (containers.length > 0) await docker('rm', '-f', '-v', ...containers)
  const networks = await names('network', 'ls', '-q', '--filter', `name=^${prefix}`)
  if (networks.length > 0) await docker('network', 'rm', ...networks)
  const volumes = await names('volume', 'ls', '-q', '--filter', `name=^${prefix}`)
  if (volumes.length > 0) await docker('volume', 'rm', ...volumes)
}
