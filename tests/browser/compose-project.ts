import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker } from './fixtures.ts'

/**
 * Starts a Compose project through the real CLI from the services given as JSON, which is YAML. Name it after `engine.prefix`:
 * then its containers, networks and volumes are removed with the test's.
 */
export async function startProject(
  name: string,
  file: { services: Record<string, object>; volumes?: Record<string, object> },
  upArguments: string[] = [],
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'composure-project-'))
  try {
    const path = join(dir, 'compose.json')
    writeFileSync(path, JSON.stringify(file))
    await docker('compose', '-p', name, '-f', path, 'up', '-d', ...upArguments)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A service that runs `script` in sh, and ends at once when asked to. */
export function service(script: string, more: object = {}): object {
  return { image: 'busybox', init: true, command: ['sh', '-c', script], ...more }
}

/** A health check that runs `script` often. */
export function check(script: string): object {
  return { test: ['CMD-SHELL', script], interval: '1s', retries: 1 }
}
