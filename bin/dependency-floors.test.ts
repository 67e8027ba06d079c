import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Lock {
  packages: Record<string, { version?: string }>
}

const root = join(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock

/** Below these are holes that are known; the reason stands beside each. */
const floors: Record<string, [version: string, why: string]> = {
  next: ['16.4.1', 'CVE-2026-126187, remote code in server components; Next carries its own copy of React'],
  react: ['19.3.1', 'CVE-2026-126187'],
  'react-dom': ['19.3.1', 'CVE-2026-126187'],
  ws: ['8.21.0', 'CVE-2026-48779, memory taken by fragments'],
  dockerode: ['5.0.0', 'the one that is tested here'],
  'docker-modem': ['5.0.7', 'the one that is tested here'],
  'tar-fs': ['2.1.4', 'CVE-2025-59343, links out of the folder'],
  'openid-client': ['6.0.0', 'checks issuer, nonce and state by itself'],
  pg: ['8.16.0', 'the one that is tested here'],
  yaml: ['2.2.2', 'CVE-2023-2251, a document that ends the process'],
}

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split('-')[0]?.split('.').map(Number) ?? [])
  for (let index = 0; index < 3; index += 1) {
    const difference = (have?.[index] ?? 0) - (need?.[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return !version.includes('-')
}

/** Every copy of a package in a lockfile, nested ones too. */
function copiesOf(name: string, { packages }: Lock): string[] {
  return Object.entries(packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([, { version }]) => version ?? '0.0.0')
}

function below(of: Lock): string[] {
  return Object.entries(floors).flatMap(([name, [floor, why]]) =>
    copiesOf(name, of)
      .filter((version) => !isAtLeast(version, floor))
      .map((version) => `${name} ${version} is below ${floor}: ${why}`),
  )
}

test('no dependency is below the version where its known holes are closed', () => {
  expect(below(lock)).toEqual([])
  for (const name of ['next', 'react', 'react-dom', 'ws', 'dockerode'])
    expect([name, copiesOf(name, lock).length]).not.toEqual([name, 0])
})

test.each([
  ['next', '16.3.5'],
  ['next', '16.4.1-canary.3'],
  ['react', '19.3.0'],
  ['ws', '8.20.9'],
])('a lockfile with %s %s would be refused', (name, version) => {
  const worse = { packages: { ...lock.packages, [`node_modules/${name}`]: { version } } }
  expect(below(worse)).toEqual([expect.stringContaining(`${name} ${version}`)])
})
