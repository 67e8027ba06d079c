import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upThroughPage } from './up-through-page.ts'

const run = promisify(execFile)
const names = ['postgres-db', 'backend-app', 'composure-dashboard']
const volumes = ['composure_data', 'postgres_data']
// The stack is tried as a newcomer has it; the developer's own settings wait meanwhile.
const settings = existsSync('.env') ? readFileSync('.env') : null
let ownsStack = false

async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { maxBuffer: 64 * 1024 * 1024 })
  return stdout.trim()
}

async function up(...args: string[]): Promise<string> {
  const { stdout } = await run('bin/up', args, { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

function read(name: string): string {
  return readFileSync('.env', 'utf8').match(new RegExp(`^${name}=(.*)$`, 'm'))?.[1] ?? ''
}

async function inspect(name: string) {
  const [container] = JSON.parse(await docker('inspect', name))
  return container
}

beforeAll(async () => {
  const running = await docker('ps', '-aq', '--filter', 'label=com.docker.compose.project=composure')
  const kept = await docker('volume', 'ls', '-q', '--filter', 'label=com.docker.compose.project=composure')
  if (running || kept) {
    throw new Error(
      'this stack, or its data, is on this machine already: bin/up --down says how to remove it',
    )
  }
  ownsStack = true
  rmSync('.env', { force: true })
})

afterAll(async () => {
  if (!ownsStack) return
  await up('--down')
  for (const volume of volumes) await docker('volume', 'rm', '--force', volume)
  rmSync('.env', { force: true })
  if (settings) writeFileSync('.env', settings, { mode: 0o600 })
})

describe('the shipped stack', () => {
  it('comes up healthy with one command, which says where it is and how to sign in', async () => {
    const said = await up()
    expect(said).toContain('http://localhost:3000')
    expect(said).toMatch(/first-run code: [A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/)
    for (const name of names) {
      const { State } = await inspect(name)
      expect([name, State.Status, State.Health.Status]).toEqual([name, 'running', 'healthy'])
    }
  })

  it('has a fresh secret in .env that only its owner can read', () => {
    expect(read('POSTGRES_PASSWORD')).toMatch(/^[0-9a-f]{48}$/)
    expect(statSync('.env').mode & 0o777).toBe(0o600)
  })

  it.each([
    ['composure-dashboard', 270],
    ['backend-app', 220],
  ])('keeps the image %s within %i MB, and the secret out of it', async (image, limit) => {
    const size = Number(await docker('image', 'inspect', '--format', '{{.Size}}', image)) / 1e6
    console.log(`image ${image}: ${size.toFixed(0)} MB on disk (bar: ${limit} MB)`)
    expect(size).toBeLessThanOrEqual(limit)
    const history = await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', image)
    const config = await docker('image', 'inspect', image)
    expect(history + config).not.toContain(read('POSTGRES_PASSWORD'))
  })

  it('answers at its two addresses, the API with its database behind it', async () => {
    for (const address of ['http://127.0.0.1:3000/api/health', 'http://127.0.0.1:8000/ready']) {
      const { status } = await fetch(address)
      expect([address, status]).toEqual([address, 200])
    }
  })

  it.each(names)('gives %s no more than it needs', async (name) => {
    const { HostConfig, NetworkSettings } = await inspect(name)
    expect(HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      Privileged: false,
      Init: true,
    })
    expect(HostConfig.SecurityOpt).toContain('no-new-privileges:true')
    expect(HostConfig.LogConfig.Config).toEqual({ 'max-size': '10m', 'max-file': '3' })
    const published = Object.values(NetworkSettings.Ports as Record<string, { HostIp: string }[] | null>)
    for (const binding of published.flatMap((each) => each ?? [])) expect(binding.HostIp).toBe('127.0.0.1')
    // Seen from outside, by number. Postgres starts as root to own its volume; its server is nobody's root.
    const processes = (await docker('top', name, '-eo', 'pid,uid,args')).split('\n').slice(1)
    const users = processes
      .filter((line) => !line.includes('docker-init'))
      .map((line) => line.trim().split(/\s+/)[1])
    expect(users.length).toBeGreaterThan(0)
    expect(users).not.toContain('0')
  })

  it('lets the dashboard reach the Engine without being root', async () => {
    const answer = await docker(
      'exec',
      'composure-dashboard',
      'docker',
      'compose',
      '--project-name',
      'composure',
      'ps',
      '--services',
    )
    expect(answer.split('\n').sort()).toEqual(['app', 'dashboard', 'db'])
  })

  it('leaves running containers alone when started again', async () => {
    const ids = () => Promise.all(names.map((name) => docker('inspect', '--format', '{{.Id}}', name)))
    const before = await ids()
    await up()
    expect(await ids()).toEqual(before)
  })

  it('comes up healthy through the page of another Composure as well, both images built', async () => {
    await up('--down')
    const said = await upThroughPage(process.cwd(), 'composure')
    expect(said).toMatch(/^done in .*2 images built, 3 containers created/)
    for (const name of names)
      expect([name, (await inspect(name)).State.Health.Status]).toEqual([name, 'healthy'])
    expect((await fetch('http://127.0.0.1:3000/api/health')).status).toBe(200)
  })

  it('gives an older database volume the password of a new .env', async () => {
    const earlier = read('POSTGRES_PASSWORD')
    await up('--down')
    rmSync('.env')
    await up()
    expect(read('POSTGRES_PASSWORD')).not.toBe(earlier)
    expect((await fetch('http://127.0.0.1:8000/ready')).status).toBe(200)
  })

  it('goes away with one command, keeps the data, and says so', async () => {
    const said = await up('--down')
    expect(said).toContain('docker volume rm postgres_data composure_data')
    expect(await docker('ps', '-aq', '--filter', 'label=com.docker.compose.project=composure')).toBe('')
    const kept = await docker('volume', 'ls', '-q', '--filter', 'label=com.docker.compose.project=composure')
    expect(kept.split('\n').sort()).toEqual(volumes)
  })
})
