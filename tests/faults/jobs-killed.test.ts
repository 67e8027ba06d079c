import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import type { Job, JobPage } from '#lib/jobs/job'
import { paths } from '#lib/api/paths'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { addPerson, ask, change, type Person } from '../engine/front-client.ts'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'

const stacks: Stack[] = []
const servers: ServerProcess[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  for (const made of stacks.splice(0)) made.remove()
})

const headers = (server: ServerProcess, person: Person): Record<string, string> => ({
  cookie: person.cookie,
  'x-composure-secret': person.secret,
  origin: server.url,
})

async function jobs(server: ServerProcess, person: Person): Promise<Job[]> {
  const answer = await ask(server, { path: paths.jobs, headers: headers(server, person) })
  return (JSON.parse(answer.text) as JobPage).jobs
}

test('killed in the middle of a job, Composure calls it interrupted at the next start and ends what still works for it', async () => {
  const marker = randomBytes(4).toString('hex')
  const made = makeStack({
    'compose.yaml':
      'services:\n  db: { image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s }\n  web: { build: . }\n',
    Dockerfile: `FROM busybox:latest\nRUN echo ${marker} building; sleep 300\n`,
  })
  stacks.push(made)
  made.compose('up', '-d', 'db')
  const first = await startServer()
  servers.push(first)
  const person = addPerson(first, 'operator')
  const request = change(first, {})
  const started = await ask(first, {
    ...request,
    path: paths.projectCompose(made.project, 'build'),
    headers: { ...request.headers, ...headers(first, person) },
  })
  expect(started.status).toBe(200)
  const second = await ask(first, {
    ...request,
    path: paths.projectCompose(made.project, 'up'),
    headers: { ...request.headers, ...headers(first, person) },
  })
  expect((JSON.parse(second.text) as Job).state).toBe('waiting')
  await vi.waitFor(() => expect(composeProcesses(made)).not.toEqual([]), 10_000)

  first.process.kill('SIGKILL')
  await new Promise((resolve) => first.process.once('exit', resolve))
  const again = await startServer({ COMPOSURE_DATA_DIR: first.dataDir })
  servers.push(again)
  // The cookie's name carries the port, and the new process has another.
  const same = { ...person, cookie: person.cookie.replace(String(first.port), String(again.port)) }
  expect((await jobs(again, same)).map(({ state, result }) => [state, result])).toEqual([
    ['interrupted', 'Composure ended while it ran'],
    ['interrupted', 'Composure ended while it ran'],
  ])
  await vi.waitFor(() => expect(composeProcesses(made)).toEqual([]), 10_000)
  rmSync(again.dataDir, { recursive: true, force: true })
}, 120_000)

/** Compose processes that work on this project. A zombie has no arguments any more. */
function composeProcesses(made: Stack): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('docker-compose') && line.includes(made.project))
}
