import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { stopLiveModel } from '#server/engine/model/live-model'
import { finishRecreations } from '#server/run/finish-recreations'
import { listUnfinished } from '#server/run/unfinished'
import { docker, prefix, removeFixtures, runContainer } from './fixtures.ts'

// Read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `/tmp/composure-recreate-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})

afterAll(async () => {
  await removeAll()
  await removeFixtures()
  await stopLiveModel()
  rmSync(dataDir, { recursive: true, force: true })
})

const all = () => docker.listContainers({ all: true, filters: { name: [`${prefix}-killed`] } })

async function removeAll(): Promise<void> {
  for (const { Id } of await all()) await docker.getContainer(Id).remove({ force: true, v: true })
}

/** Kills the process as soon as the Engine says that this happened to a container of the test. */
async function killedAfter(action: string, child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const events = await docker.getEvents({ filters: { type: ['container'], event: [action] } })
  events.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes(`${prefix}-killed`)) child.kill('SIGKILL')
  })
  await ended
  ;(events as unknown as { destroy: () => void }).destroy()
}

test.each([
  ['rename', 'old'],
  ['create', 'old'],
  ['stop', 'old'],
  ['start', 'new'],
  ['destroy', 'new'],
])('killed right after %s: at the next start it is the %s one, whole', async (action, wanted) => {
  const old = await runContainer('killed')
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', 'tests/fixtures/recreate-child.ts', old.id],
    { env: { ...process.env, COMPOSURE_DATA_DIR: dataDir }, stdio: 'ignore' },
  )
  await killedAfter(action, child)
  // After the last step nothing may be left to finish.
  if (action !== 'destroy') expect(child.signalCode).toBe('SIGKILL')
  if (action !== 'destroy' || listUnfinished().length > 0)
    expect(listUnfinished()).toMatchObject([{ oldId: old.id, oldName: `${prefix}-killed`, wasRunning: true }])
  await finishRecreations()
  expect(listUnfinished()).toEqual([])
  const left = await all()
  expect(left.map(({ Names, State }) => [Names[0], State])).toEqual([[`/${prefix}-killed`, 'running']])
  expect(left[0]?.Id === old.id ? 'old' : 'new').toBe(wanted)
  await removeAll()
})
