import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { rememberPlace } from '#server/compose/files/places'
import { checkFile, revealFile, saveFile } from '#server/compose/source/edit'
import { readProjectModel } from '#server/compose/source/project-model'
import { stopLiveModel } from '#server/engine/model/live-model'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-source-${process.pid}`
  // Must not be seen by Compose.
  process.env.TAG = 'from-our-own-environment'
  return process.env.COMPOSURE_DATA_DIR
})
const root = mkdtempSync(join(tmpdir(), 'my shop '))
const file = join(root, 'compose.yaml')
const env = join(root, '.env')
const project = `source-${process.pid}`
const text = `# the shop, by hand
services:
  app:
    image: busybox:\${TAG:-latest} # pinned later
    environment:
      DB_PASSWORD: \${DB_PASSWORD:?set it in .env}
      OTHER: \${NOT_THERE}
      API_TOKEN: CANARY-inline-9f3
`

beforeAll(() => {
  mkdirSync(root, { recursive: true })
})
beforeEach(() => {
  rmSync(file, { force: true })
  writeFileSync(file, text, { mode: 0o640 })
  writeFileSync(env, '# secrets\nDB_PASSWORD=CANARY-env-9f3\n', { mode: 0o600 })
  rememberPlace({ project, workingDir: root, configFiles: [file], envFiles: [] }, 'ann')
})
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
  await stopLiveModel()
})

it('shows the files and what Compose makes of them without a secret, and where each variable comes from', async () => {
  const model = await readProjectModel(project)
  expect(JSON.stringify(model)).not.toContain('CANARY')
  expect(model.problem).toBeNull()
  expect(model.resolved).toContain('image: busybox:latest')
  expect(
    model.files.map(({ path, kind, isMasked, isWritable }) => [path, kind, isMasked, isWritable]),
  ).toEqual([
    [file, 'compose', true, true],
    [env, 'env', true, true],
  ])
  expect(model.files[0]?.text).toContain('# pinned later')
  expect(
    model.variables.map(({ name, value, source, line, uses }) => [name, value, source, line, uses[0]?.line]),
  ).toEqual([
    ['DB_PASSWORD', '••••••••', 'env file', 2, 6],
    ['NOT_THERE', '', 'missing', 0, 7],
    ['TAG', 'latest', 'default', 0, 4],
  ])
  expect(model.warnings.join()).toContain('NOT_THERE')
})

it('says what is wrong and on which line, and still shows the file', async () => {
  writeFileSync(file, text.replace('image:', 'imagee:'))
  const model = await readProjectModel(project)
  expect(model.problem).toMatchObject({ path: file, line: 4 })
  expect(model.problem?.message).toContain('imagee')
  expect(model.resolved).toBeNull()
  writeFileSync(env, 'X=1\n')
  writeFileSync(file, text)
  const missing = await readProjectModel(project)
  expect(missing.problem?.message).toContain('DB_PASSWORD')
  expect(missing.variables.find(({ name }) => name === 'DB_PASSWORD')?.source).toBe('required')
})

it('saves what Compose takes, to the letter, and keeps the version before', async () => {
  const { text: now, hash } = await revealFile(project, { path: file })
  expect(now).toBe(text)
  const changed = now.replace('${TAG:-latest}', 'musl')
  expect(await checkFile(project, { path: file, text: changed })).toBeNull()
  const saved = await saveFile(project, { path: file, text: changed, hash }, 'ann')
  expect(readFileSync(file, 'utf8')).toBe(changed)
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(saved.versions).toMatchObject([{ savedBy: 'ann', path: file }])
  const [version] = saved.versions
  const before = await revealFile(project, { path: file, versionId: version?.id ?? 0 })
  expect(before.text).toBe(text)
  // Whoever still has the first text does not overwrite the second.
  await expect(saveFile(project, { path: file, text, hash }, 'bob')).rejects.toMatchObject({
    code: 'conflict',
  })
  for (const name of readdirSync(dataDir))
    if (statSync(join(dataDir, name)).isFile())
      expect([name, readFileSync(join(dataDir, name)).includes('CANARY')]).toEqual([name, false])
})

it('saves nothing that Compose refuses', async () => {
  const { hash } = await revealFile(project, { path: file })
  const broken = text.replace('services:', 'services: [')
  await expect(saveFile(project, { path: file, text: broken, hash }, 'ann')).rejects.toMatchObject({
    code: 'compose_invalid',
  })
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect(await checkFile(project, { path: env, text: 'DB_PASSWORD=\n' })).toMatchObject({
    message: expect.stringContaining('DB_PASSWORD'),
  })
  expect(readdirSync(root).sort()).toEqual(['.env', 'compose.yaml'])
})

it('reads and writes no file but the project’s own, and follows no link', async () => {
  await expect(revealFile(project, { path: '/etc/passwd' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(revealFile(project, { path: `${root}/../x` })).rejects.toMatchObject({ code: 'not_found' })
  rmSync(file)
  symlinkSync('/etc/passwd', file)
  await expect(revealFile(project, { path: file })).rejects.toMatchObject({ code: 'files_unreadable' })
})
