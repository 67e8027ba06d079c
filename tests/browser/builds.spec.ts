import { randomBytes } from 'node:crypto'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { expect, test } from './fixtures.ts'

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
