import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { PrivateEngine } from './private-engine.ts'

/** A project that runs at this Engine, one service that takes a minute to stop. */
export function makeComposeFolder({ socket }: Pick<PrivateEngine, 'socket'>): {
  project: string
  remove: () => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'composure-slow-'))
  const project = basename(folder).toLowerCase()
  const service = 'image: busybox:latest, command: [sleep, "600"], network_mode: none, stop_grace_period: 60s'
  writeFileSync(join(folder, 'compose.yaml'), `name: ${project}\nservices:\n  slow: { ${service} }\n`)
  const env = { ...process.env, DOCKER_HOST: `unix://${socket}` }
  execFileSync('docker', ['compose', 'up', '-d'], { cwd: folder, env, stdio: 'pipe' })
  return { project, remove: () => rmSync(folder, { recursive: true }) }
}
