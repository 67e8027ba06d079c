import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JobStep } from '#lib/jobs/job-event'
import { ComposeProgress, type ComposeSaid } from './progress.ts'

// Recorded from Compose 2.40.3 on a real Engine.
const recorded = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, `../../tests/fixtures/compose-output/${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)

function read(
  name: string,
  services: string[],
): { steps: Map<string, JobStep>; said: ComposeSaid[]; text: string[] } {
  const progress = new ComposeProgress(services)
  const said = recorded(name).flatMap((line) => progress.read(line))
  const steps = new Map(said.flatMap((each) => (each.kind === 'step' ? [[each.step.id, each.step]] : [])))
  const text = said.flatMap((each) => (each.kind === 'line' ? [each.text] : []))
  return { steps, said, text }
}

test('a pull: no layer ever goes back, and each keeps its size', () => {
  const layers = new Map<string, JobStep[]>()
  for (const each of read('pull', []).said)
    if (each.kind === 'step' && each.step.parentId !== undefined)
      layers.set(each.step.id, [...(layers.get(each.step.id) ?? []), each.step])
  expect(layers.size).toBe(2)
  for (const steps of layers.values()) {
    const fractions = steps.map(({ fraction = 0 }) => fraction)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(steps.at(-1)).toMatchObject({
      state: 'done',
      fraction: 1,
      totalBytes: expect.any(Number) as number,
    })
  }
})

test('up with a build: the steps of the build by service, then what happens to each object', () => {
  const { steps, text } = read('up-build', ['app', 'web'])
  const build = [...steps.values()].filter(({ parentId }) => parentId === 'build app')
  expect(build.map(({ label }) => label)).toContain('[internal] load .dockerignore')
  expect(build.every(({ state }) => state === 'done' || state === 'cached')).toBe(true)
  expect(build.find(({ label }) => label.startsWith('[2/3] RUN'))).toMatchObject({ state: 'cached' })
  expect(steps.get('app')).toMatchObject({ state: 'done', detail: 'built' })
  expect(steps.get('Container cmptry7-web-1')).toMatchObject({ state: 'done', detail: 'started' })
  expect(steps.get('Volume cmptry7_data')).toMatchObject({ state: 'done', detail: 'created' })
  expect(text).toEqual([])
})

test('a build that fails: the step, its own output, and the error', () => {
  const { steps, said, text } = read('build-fails', ['app'])
  const failed = [...steps.values()].find(({ state }) => state === 'failed')
  expect(failed).toMatchObject({
    parentId: 'build app',
    label: '[3/3] RUN echo about to fail; ls /nope; exit 3',
    error: expect.stringContaining('exit code: 3') as unknown,
  })
  const logs = said.flatMap((each) => (each.kind === 'log' && each.stepId === failed?.id ? [each] : []))
  expect(logs.map(({ stream, base64 }) => [stream, atob(base64)])).toContainEqual([
    'stderr',
    'ls: /nope: No such file or directory\n',
  ])
  expect(text.at(-1)).toMatch(/^failed to solve: process/)
})

test('a build by bake, which names no service: the same steps, and the excerpt of the Dockerfile', () => {
  const { steps, text } = read('bake-fails', ['app'])
  expect([...steps.values()].find(({ state }) => state === 'failed')?.label).toBe(
    '[3/3] RUN echo about to fail; ls /nope; exit 3',
  )
  expect(text).toContain('   3 | >>> RUN echo about to fail; ls /nope; exit 3')
  expect([...steps.values()].some(({ label }) => label.includes('bake'))).toBe(false)
})

test('a pull: layers under their service with their bytes', () => {
  const { steps, said } = read('pull', ['app'])
  const layers = said.flatMap((each) =>
    each.kind === 'step' && each.step.parentId === 'app' ? [each.step] : [],
  )
  expect(layers[0]).toMatchObject({ state: 'waiting', detail: 'pulling fs layer' })
  expect(layers.find(({ detail }) => detail === 'downloading')).toMatchObject({
    state: 'running',
    currentBytes: 16_384,
    totalBytes: 400_298,
  })
  expect([...steps.values()].every(({ state }) => state === 'done')).toBe(true)
})

test('what fails says why', () => {
  expect(read('port-taken', []).text[0]).toContain('port is already allocated')
  const { steps } = read('pull-fails', ['missing'])
  expect(steps.get('missing')).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('no such host') as unknown,
  })
})

test('a line that is no progress stays as it is', () => {
  const progress = new ComposeProgress([])
  expect(progress.read('hello')).toEqual([{ kind: 'line', text: 'hello', isError: false }])
  expect(progress.read('{"log":"json of a program"}')).toEqual([
    { kind: 'line', text: '{"log":"json of a program"}', isError: false },
  ])
  expect(progress.read('{"level":"warning","msg":"The \\"A\\" variable is not set."}')).toEqual([
    { kind: 'line', text: 'warning: The "A" variable is not set.', isError: false },
  ])
})
