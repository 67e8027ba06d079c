import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Session } from '#server/auth/policy'
import { firstSnapshot, refreshContainer, stopLiveModel } from '#server/engine/model/live-model'
import { recreateContainer } from '#server/run/recreate-container'
import { requireRunnable, runContainer } from '#server/run/run-container'
import { specOfContainer } from '#server/run/spec-of-container'
import { parseRunLine } from '#lib/run-line/parse-run-line'
import { printRunLine } from '#lib/run-line/print-run-line'
import { processWide } from '#server/process-wide'
import { composeLabels, docker, prefix, removeFixtures, runContainer as runFixture } from './fixtures.ts'

processWide('engine.itself', () => ({ id: null as string | null }))
// Read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `/tmp/composure-run-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const names: string[] = []
const volume = `${prefix}-run-data`
const network = `${prefix}-run-net`

/** The spec of a line whose container is called after this run; removed at the end. */
function lineOf(name: string, line: string) {
  const full = `${prefix}-${name}`
  names.push(full)
  const { spec, problems } = parseRunLine(`docker run --name ${full} ${line}`)
  expect(problems).toEqual([])
  return spec
}
const inspect = (name: string) => docker.getContainer(`${prefix}-${name}`).inspect()
const exists = (name: string) =>
  inspect(name).then(
    () => true,
    () => false,
  )

beforeAll(async () => {
  await firstSnapshot(10_000)
  await docker.createNetwork({
    Name: network,
    IPAM: { Driver: 'default', Config: [{ Subnet: '10.213.77.0/24' }] },
  })
})
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true })
  for (const name of names)
    await docker
      .getContainer(name)
      .remove({ force: true, v: true })
      .catch(() => undefined)
  await removeFixtures()
  await docker.getNetwork(network).remove()
  await docker
    .getVolume(volume)
    .remove()
    .catch(() => undefined)
  await stopLiveModel()
})

describe('runContainer', () => {
  it('makes what docker run would make of the same line', async () => {
    const spec = lineOf(
      'full',
      `-d --network ${network} --network-alias www --ip 10.213.77.9 -p 127.0.0.1::80 -v ${volume}:/data:ro --tmpfs /run:size=1m -e 'A=it'\\''s me' -e 'B=two\nlines' --restart on-failure:2 -m 64m --cpus 0.5 --pids-limit 50 -u 1000:1000 -w /tmp -h box --init --read-only --label 'note=<b>x</b>' --health-cmd 'test -d /data' --health-interval 1s --cap-drop ALL --ulimit nofile=64:128 --shm-size 8m busybox sh -c 'sleep 600'`,
    )
    const { id, name } = await runContainer(spec)
    expect(name).toBe(`${prefix}-full`)
    const raw = await docker.getContainer(id).inspect()
    expect(raw.State.Running).toBe(true)
    expect(raw.Config).toMatchObject({
      Hostname: 'box',
      User: '1000:1000',
      WorkingDir: '/tmp',
      Cmd: ['sh', '-c', 'sleep 600'],
      Labels: { note: '<b>x</b>' },
      Healthcheck: { Test: ['CMD-SHELL', 'test -d /data'], Interval: 1e9 },
    })
    expect(raw.Config.Env).toEqual(expect.arrayContaining(["A=it's me", 'B=two\nlines']))
    expect(raw.HostConfig).toMatchObject({
      Memory: 64 * 2 ** 20,
      NanoCpus: 5e8,
      PidsLimit: 50,
      Init: true,
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      ShmSize: 8 * 2 ** 20,
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 },
    })
    expect(raw.NetworkSettings.Networks[network]).toMatchObject({
      IPAddress: '10.213.77.9',
      Aliases: expect.arrayContaining(['www']),
    })
    expect(raw.NetworkSettings.Ports['80/tcp']?.[0]).toMatchObject({
      HostIp: '127.0.0.1',
      HostPort: expect.stringMatching(/^\d+$/),
    })
    expect(raw.Mounts).toContainEqual(
      expect.objectContaining({ Name: volume, Destination: '/data', RW: false }),
    )
    // And back: the line of this container is the line it was made from.
    const { spec: copied } = await specOfContainer(id, 'recreate')
    expect(parseRunLine(printRunLine(copied)).spec).toEqual(copied)
    expect(copied).toMatchObject({
      environment: spec.environment,
      networks: spec.networks,
      memory: '64m',
      cpus: '0.5',
      command: spec.command,
      health: spec.health,
      restart: spec.restart,
      others: spec.others,
      mounts: spec.mounts,
    })
  })

  it('names the mistake at its field and leaves nothing behind', async () => {
    const { id: holder } = await runContainer(lineOf('holder', '-d -p 127.0.0.1::80 busybox sleep 600'))
    const port = (await refreshContainer(holder)).ports.find(({ hostPort }) => hostPort)?.hostPort
    await expect(
      runContainer(lineOf('second', `-d -p 127.0.0.1:${port}:80 busybox sleep 600`)),
    ).rejects.toMatchObject({
      code: 'bad_request',
      message: `ports.0: Port ${port} is held by the container ${prefix}-holder.`,
    })
    await expect(runContainer({ ...lineOf('holder', '-d busybox') })).rejects.toMatchObject({
      code: 'name_taken',
      message: `The container ${holder.slice(0, 12)} has the name ${prefix}-holder already.`,
    })
    await expect(runContainer(lineOf('second', '-d nobody/has-this:1'))).rejects.toMatchObject({
      code: 'image_not_found',
    })
    await expect(runContainer(lineOf('second', '-d --network nowhere busybox'))).rejects.toMatchObject({
      message: expect.stringMatching(/^networks\.0: There is no network nowhere/),
    })
    await expect(
      runContainer(lineOf('second', '-d --mount type=bind,source=/no/such/folder,target=/x busybox')),
    ).rejects.toMatchObject({
      message: "mounts.0: The folder /no/such/folder is not on the Engine's machine.",
    })
    await expect(runContainer(lineOf('second', '-d busybox no-such-program'))).rejects.toMatchObject({
      message: 'command: no-such-program is not in the image.',
    })
    await expect(
      runContainer(lineOf('second', '-d -u nobody-of-that-name busybox true')),
    ).rejects.toMatchObject({ message: 'user: The image has no user nobody-of-that-name.' })
    expect(await exists('second')).toBe(false)
  })

  it('names a port that a program of the machine holds', async () => {
    const server = createServer().listen(0, '0.0.0.0')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await expect(runContainer(lineOf('second', `-d -p ${port}:80 busybox sleep 600`))).rejects.toMatchObject({
      message: expect.stringMatching(
        new RegExp(`^ports\\.0: Port ${port} is held by .+ \\(process ${process.pid}\\)\\.$`),
      ),
      hint: 'It is a program of this machine: publish another port, or stop it.',
    })
    server.close()
    expect(await exists('second')).toBe(false)
  })

  it('lets only an admin reach the machine', () => {
    const operator: Session = {
      userId: 1,
      userName: 'o',
      role: 'operator',
      sessionHash: 'x',
      projects: null,
      tokenName: null,
    }
    const bind = parseRunLine('docker run -v /etc:/host busybox').spec
    expect(() => requireRunnable(bind, operator)).toThrow('the folder /etc')
    expect(() => requireRunnable(bind, { ...operator, role: 'admin' })).not.toThrow()
    expect(() => requireRunnable(parseRunLine('docker run -v data:/x busybox').spec, operator)).not.toThrow()
    expect(() => requireRunnable(parseRunLine('docker run busybox -p 1').spec, operator)).not.toThrow()
    expect(() => requireRunnable({ ...bind, memory: '1k' }, operator)).toThrow('memory: Too small')
  })
})

describe('specOfContainer', () => {
  it('leaves out what the image says, and for a duplicate what only one can have', async () => {
    const { id } = await runFixture('copied', {
      Labels: { ...composeLabels('shop', 'web'), own: '1' },
      Env: ['SECRET=s3cret'],
      Volumes: { '/anonymous': {} },
      HostConfig: { Binds: [`${volume}:/data`] },
    })
    const duplicate = await specOfContainer(id, 'duplicate')
    expect(printRunLine(duplicate.spec)).toBe(
      `docker run -d --network none -v ${volume}:/data -e SECRET=s3cret --init --label own=1 --stop-timeout 1 busybox:latest sleep 600`,
    )
    expect(duplicate).toMatchObject({ isRunning: true, compose: { project: 'shop', service: 'web' } })
    const { spec } = await specOfContainer(id, 'recreate')
    expect(spec.name).toBe(`${prefix}-copied`)
    expect(spec.labels.map(({ name }) => name)).toContain('com.docker.compose.project')
    expect(spec.mounts.map(({ target }) => target)).toEqual(['/anonymous', '/data'])
  })
})

describe('recreateContainer', () => {
  it('keeps the name and the data, and removes the old one when the new one runs', async () => {
    const made = await runContainer(
      lineOf('again', '-d -v /kept busybox sh -c "echo here > /kept/note; sleep 600"'),
    )
    await expect.poll(() => inspect('again').then(({ State }) => State.Running)).toBe(true)
    const { spec, anonymousVolumes } = await specOfContainer(made.id, 'recreate')
    expect(anonymousVolumes).toHaveLength(1)
    const again = await recreateContainer(made.id, {
      ...spec,
      memory: '32m',
      command: ['sh', '-c', 'cat /kept/note; sleep 600'],
    })
    expect(again.id).not.toBe(made.id)
    const raw = await inspect('again')
    expect([raw.Id, raw.State.Running, raw.HostConfig.Memory]).toEqual([again.id, true, 32 * 2 ** 20])
    await expect
      .poll(async () => (await docker.getContainer(again.id).logs({ stdout: true, stderr: true })).toString())
      .toContain('here')
    await expect(docker.getContainer(made.id).inspect()).rejects.toMatchObject({ statusCode: 404 })
  })

  it.each([
    ['its program is missing', { command: ['no-such-program'] }, 'is not in the image'],
    [
      'it ends at once',
      { command: ['sh', '-c', 'echo broken config >&2; exit 3'] },
      'ended at once with exit code 3',
    ],
  ])('puts the old one back when %s', async (_, change, message) => {
    const made = await runContainer(lineOf('back', '-d busybox sleep 600'))
    const { spec } = await specOfContainer(made.id, 'recreate')
    const tried = recreateContainer(made.id, { ...spec, ...change })
    await expect(tried).rejects.toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(`The old ${prefix}-back runs again.`),
    })
    const raw = await inspect('back')
    expect([raw.Id, raw.State.Running]).toEqual([made.id, true])
    const all = await docker.listContainers({ all: true, filters: { name: [`${prefix}-back`] } })
    expect(all).toHaveLength(1)
    await docker.getContainer(made.id).remove({ force: true })
  })

  it('does not start what did not run', async () => {
    const made = await runContainer(lineOf('stopped', '-d busybox true'))
    await expect.poll(() => inspect('stopped').then(({ State }) => State.Status)).toBe('exited')
    const { spec } = await specOfContainer(made.id, 'recreate')
    const again = await recreateContainer(made.id, { ...spec, hasInit: true })
    expect((await docker.getContainer(again.id).inspect()).State.Status).toBe('created')
  })

  it('never touches the container Composure itself runs in', async () => {
    const made = await runContainer(lineOf('itself', '-d busybox sleep 600'))
    const itself = processWide('engine.itself', () => ({ id: null as string | null }))
    itself.id = made.id.slice(0, 12)
    const { spec } = await specOfContainer(made.id, 'recreate')
    await expect(recreateContainer(made.id, spec)).rejects.toMatchObject({ code: 'is_itself' })
    itself.id = null
  })
})
