import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { docker, expect, test } from './fixtures.ts'

const stacks: Stack[] = []
test.afterEach(() => {
  for (const made of stacks.splice(0)) made.remove()
})

test('a build shows its context first, opens the failing step, and is compared with the one before', async ({
  page,
}) => {
  const once = randomBytes(4).toString('hex')
  const dockerfile = (last: string): string =>
    `FROM busybox:latest\nCOPY . /app\nRUN : ${once}; echo fine\nRUN ${last}\n`
  const made = makeStack({
    'compose.yaml':
      'services:\n  db: { image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s }\n  app: { build: . }\n',
    Dockerfile: dockerfile('echo going; echo no such thing; exit 3'),
    '.dockerignore': '*.log\n',
    'big.log': 'x'.repeat(5000),
    '.env': 'TOKEN=hunter2',
    'node_modules/m/index.js': 'x'.repeat(2000),
  })
  stacks.push(made)
  made.compose('up', '-d', '--no-build', 'db')
  await page.goto(`/projects/${made.project}`)

  const build = async (): Promise<void> => {
    await page.getByRole('button', { name: `More for ${made.project}`, exact: true }).click()
    await page.getByRole('menuitem', { name: /^Build/ }).click()
    const context = page.getByRole('dialog').getByRole('region', { name: 'Build contexts' })
    await expect(context).toContainText('.dockerignore keeps 1 file, 5 kB out')
    await expect(context).toContainText('A file that looks secret may end in the image')
    await expect(context).toContainText('.env variables, often with passwords')
    await expect(context).toContainText('node_modules keeps out 2 kB')
    await page.getByRole('dialog').getByRole('button', { name: 'Build', exact: true }).click()
  }
  const dock = page.getByRole('region', { name: 'Jobs' })
  await build()
  await expect(dock.getByText(/failed after .*build of app failed, exit code 3/).last()).toBeVisible({
    timeout: 60_000,
  })
  const why = dock.getByRole('region', { name: 'Why it failed' })
  await expect(why).toContainText('RUN echo going')
  await expect(why.getByText('no such thing', { exact: true })).toBeVisible()

  made.write('Dockerfile', dockerfile('echo well'))
  await build()
  await expect(dock.getByText(/done in .*steps cached/).last()).toBeVisible({ timeout: 60_000 })
  await build()
  await expect(dock.getByText(/3 of 3 steps cached, the same image as before/).last()).toBeVisible({
    timeout: 60_000,
  })
  await page.goto(`/projects/${made.project}/activity`)
  const rows = page.getByRole('table', { name: 'Builds' }).getByRole('row').filter({ hasText: 'app' })
  await expect(rows).toHaveCount(3)
  await expect(rows.first()).toContainText('3 of 3 cached')
  await expect(rows.last()).toContainText('failed')
})

test('a folder of no project is built from the images page, with what is sent shown first, and kept in the history', async ({
  page,
  engine,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "composure it's a folder "))
  const image = `${engine.prefix}-folder:1`
  const secret = `${folder}.secret`
  // A step that comes from the cache prints nothing.
  const once = randomBytes(4).toString('hex')
  try {
    const files = {
      'web.Dockerfile': `FROM busybox:latest AS base\nARG SAID=nothing\nRUN --mount=type=secret,id=token : ${once}; echo "$SAID" > /said; cat /run/secrets/token\nFROM base AS dev\nCOPY . /app\nFROM base\nRUN exit 9\n`,
      '.dockerignore': '*.log\n',
      'big.log': 'x'.repeat(5000),
      '.env': 'TOKEN=hunter2',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    writeFileSync(secret, 'hunter2-of-the-build\n')
    await page.goto('/images')
    await page.getByRole('button', { name: 'Build…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Folder').fill('relative')
    await dialog.getByRole('button', { name: 'Look' }).click()
    await expect(dialog.getByText('Give the whole path, from / on.')).toBeVisible()
    const begin = async (stage: string): Promise<void> => {
      await dialog.getByLabel('Folder').fill(`${folder}/`)
      await dialog.getByRole('button', { name: 'Look' }).click()
      await expect(dialog.getByRole('region', { name: 'Build context' })).toContainText(
        '.dockerignore keeps 1 file, 5 kB out',
      )
      await expect(dialog.getByText('A file that looks secret may end in the image')).toBeVisible()
      await dialog.getByLabel('Name of the image').fill(image)
      await dialog.getByLabel('Stage').selectOption(stage)
      await dialog.getByLabel('Arguments').fill('SAID=it works')
      await expect(dialog.getByText(/^The file asks for token\. /)).toBeVisible()
      await dialog.getByLabel('Secrets').fill(`token=${secret}`)
    }
    await begin('dev')
    await expect(dialog.getByText(/^docker build -t/)).toContainText(
      "--target dev --build-arg 'SAID=it works'",
    )
    expect(
      (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()).violations,
    ).toEqual([])
    await dialog.getByRole('button', { name: 'Build', exact: true }).click()
    const dock = page.getByRole('region', { name: 'Jobs' })
    await expect(dock.getByText(/^done in .*built; .*steps cached/)).toBeVisible({ timeout: 60_000 })
    expect(await docker('run', '--rm', '--network', 'none', image, 'cat', '/said')).toBe('it works')
    await dock.getByRole('button', { name: /^Output/ }).click()
    await expect(dock.getByText('••••••••', { exact: true })).toBeVisible()
    await expect(page.getByText('hunter2-of-the-build')).toHaveCount(0)

    await page.getByRole('button', { name: 'Build…' }).click()
    await begin('')
    await dialog.getByRole('button', { name: 'Build', exact: true }).click()
    await expect(dock.getByText(/failed after .*failed, exit code 9/)).toBeVisible({ timeout: 60_000 })
    await expect(dock.getByRole('region', { name: 'Why it failed' })).toContainText('RUN exit 9')
    await page.goto('/activity')
    const rows = page.getByRole('table', { name: 'Builds' }).getByRole('row').filter({ hasText: image })
    await expect(rows).toHaveCount(2)
    await expect(rows.first()).toContainText('failed')
  } finally {
    await docker('rmi', '-f', image).catch(() => '')
    rmSync(folder, { recursive: true, force: true })
    rmSync(secret, { force: true })
  }
})
