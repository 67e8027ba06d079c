import 'server-only'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { log } from '#server/log'
import { processWide } from '#server/process-wide'
import { allCredentials, type RegistryCredentials } from '#server/registries/registries'
import { pluginFolders } from './binary.ts'

const prefix = 'composure-docker-'

interface ClientConfig {
  auths?: Record<string, { auth?: string }>
  credHelpers?: Record<string, string>
  [setting: string]: unknown
}

/** The folder of the docker client's configuration without our credentials; it still finds its other plugins. `home` is ours. */
export function plainConfig(home: string): string {
  if (process.env.DOCKER_CONFIG) return process.env.DOCKER_CONFIG
  const folder = join(home, 'docker')
  const file = join(folder, 'config.json')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify({ cliPluginsExtraDirs: pluginFolders })}\n`, { mode: 0o600 })
  }
  return folder
}

/**
 * Runs `work` with the folder of a client configuration that signs in to the kept registries: readable by this user only, and gone
 * when `work` has ended, however it ended. `plain` is the configuration it adds to, and the one that is used when none is kept.
 */
export async function withCredentials<Result>(
  plain: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const credentials = allCredentials()
  if (credentials.length === 0) return work(plain)
  sweepOnce()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  try {
    const config = signedIn(readConfig(plain), credentials)
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 })
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function signedIn(config: ClientConfig, credentials: readonly RegistryCredentials[]): ClientConfig {
  const auths = { ...config.auths }
  const credHelpers = { ...config.credHelpers }
  for (const { serveraddress, username, password } of credentials) {
    auths[serveraddress] = { auth: Buffer.from(`${username}:${password}`).toString('base64') }
    // A store of the machine would be asked instead of the file.
    if (config.credsStore !== undefined || Object.hasOwn(credHelpers, serveraddress))
      credHelpers[serveraddress] = ''
  }
  return { ...config, auths, ...(Object.keys(credHelpers).length > 0 ? { credHelpers } : {}) }
}

function readConfig(folder: string): ClientConfig {
  try {
    return JSON.parse(
      readFileSync(/* turbopackIgnore: true */ join(folder, 'config.json'), 'utf8'),
    ) as ClientConfig
  } catch {
    return { cliPluginsExtraDirs: pluginFolders }
  }
}

/** Takes away what a former process could not, because it was killed. */
function sweepOnce(): void {
  processWide('compose.credentials.swept', () => {
    for (const name of readdirSync(tmpdir())) {
      const owner = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN
      if (Number.isInteger(owner) && (owner === process.pid || !isRunning(owner)))
        remove(join(tmpdir(), name))
    }
    return { isSwept: true }
  })
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    log.warn('a left folder of credentials could not be removed', { folder, error: String(error) })
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // EPERM: somebody else's, and running.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
