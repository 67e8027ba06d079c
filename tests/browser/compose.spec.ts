import { randomBytes } from 'node:crypto'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { docker, expect, test } from './fixtures.ts'

const stacks: Stack[] = []

function stack(files: Record<string, string>): Stack {
  const made = makeStack(files)
  stacks.push(made)
  return made
}

test.afterEach(() => {
  for (const made of stacks.splice(0)) made.remove()
})

const sleeper = 'image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s'
/** Each build prints and takes its time: another text than ever before, so that nothing is cached. */
const dockerfile = (script: string): string =>
  `FROM busybox:latest\nRUN : ${randomBytes(4).toString('hex')}; ${script}\nCMD ["sleep", "600"]\n`

test('a project goes from its folder to up --build, drifts, is recreated, and goes down with its data', async ({
  page,
}) => {
  const file = (level: string): string =>
    `services:\n  db: { ${sleeper}, volumes: ["data:/data"] }\n  web: { build: ., init: true, stop_grace_period: 0s, depends_on: [db], environment: { LEVEL: ${level}, API_TOKEN: hunter2 } }\nvolumes: { data: {} }\n`
  const made = stack({ 'compose.yaml': file('info'), Dockerfile: dockerfile('echo installing') })
  await page.goto('/')
  await page.getByRole('button', { name: 'Add a project…' }).click()
  await page.getByRole('textbox', { name: 'Folder' }).fill(made.folder)
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(page.getByText('Compose finds db, web.')).toBeVisible()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('heading', { name: `${made.project} is not started` })).toBeVisible()

  await page.getByRole('button', { name: `Up ${made.project}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Build images first').check()
  const plan = dialog.getByRole('list', { name: 'What would happen' })
  await expect(plan).toContainText(`${made.project}-web-1`)
  await expect(plan).toContainText('the image of web')
  await expect(dialog.locator('[data-command]')).toContainText('up -d --build')
  await dialog.getByRole('button', { name: 'Up', exact: true }).click()
  const dock = page.getByRole('region', { name: 'Jobs' })
  await expect(dock.getByText(/done in .*2 containers created/)).toBeVisible({ timeout: 60_000 })
  await dock.getByRole('button', { name: /Output/ }).click()
  await expect(dock.getByText('installing', { exact: true })).toBeVisible()

  made.write('compose.yaml', file('debug'))
  await page.getByRole('button', { name: 'web differs from its file: show what' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText(
    /environment\.LEVEL\s*info\s*→\s*debug/,
  )
  await page.getByRole('dialog').getByRole('button', { name: 'Recreate…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Recreate 1 container' }).click()
  await expect(dock.getByText(/done in .*1 container recreated/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: /differs from its file/ })).toHaveCount(0)
  expect(await docker('inspect', '--format', '{{json .Config.Env}}', `${made.project}-web-1`)).toContain(
    'LEVEL=debug',
  )

  await page.getByRole('button', { name: `More for ${made.project}`, exact: true }).click()
  await page.getByRole('menuitem', { name: /^Down/ }).click()
  await expect(dialog.getByText(`volume ${made.project}_data`, { exact: true })).toBeVisible()
  await dialog.getByLabel('Delete its volumes').check()
  await expect(dialog.getByText(`volume ${made.project}_data with its data`)).toBeVisible()
  const confirm = dialog.getByRole('button', { name: 'Take down and delete the data' })
  await expect(confirm).toBeDisabled()
  await dialog.getByLabel(`Type ${made.project} to delete its volumes`).fill(made.project)
  await confirm.click()
  await expect(page.getByRole('heading', { name: `${made.project} is not started` })).toBeVisible({
    timeout: 60_000,
  })
  expect(await docker('volume', 'ls', '-q', '--filter', `name=${made.project}_data`)).toBe('')
  await page.getByRole('link', { name: 'Activity' }).last().click()
  await expect(page.getByRole('row').filter({ hasText: `Down ${made.project}` })).toContainText('removed')
  await page.goto(`/projects/${made.project}`)
  await page.getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByRole('region', { name: 'Not started' }).getByText(made.project)).toHaveCount(0)
})

test('two browsers watch one job; it survives a reload, and either ends it', async ({
  page,
  browser,
  baseURL,
}) => {
  const made = stack({
    'compose.yaml': `services:\n  db: { ${sleeper} }\n  web: { build: . }\n`,
    Dockerfile: dockerfile('i=0; while [ $i -lt 600 ]; do i=$((i+1)); echo "line $i"; sleep 0.1; done'),
  })
  made.compose('up', '-d', 'db')
  await page.goto(`/projects/${made.project}`)
  await page.getByRole('button', { name: `More for ${made.project}`, exact: true }).click()
  await page.getByRole('menuitem', { name: /^Build/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Build', exact: true }).click()
  const dock = page.getByRole('region', { name: 'Jobs' })
  await dock.getByRole('link', { name: `Build ${made.project}` }).click()
  await page.getByRole('button', { name: /Output/ }).click()
  await expect(page.getByText('line 20', { exact: true })).toBeVisible({ timeout: 30_000 })
  await page.reload()
  await page.getByRole('button', { name: /Output/ }).click()
  await expect(page.getByText(/^line \d\d/).last()).toBeVisible()

  const other = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: process.env.COMPOSURE_E2E_STATE ?? '',
  })
  const second = await other.newPage()
  await second.goto(page.url())
  await second.getByRole('button', { name: /Output/ }).click()
  await expect(second.getByText(/^line \d\d/).last()).toBeVisible()
  await second.getByRole('button', { name: `Cancel Build ${made.project}` }).click()
  await expect(second.getByText(/cancelled by admin after/)).toBeVisible()
  await expect(page.getByText(/cancelled by admin after/)).toBeVisible()
  await other.close()
})

test('a build that fails shows the failing step with its last lines', async ({ page }) => {
  const made = stack({
    'compose.yaml': `services:\n  db: { ${sleeper} }\n  web: { build: . }\n`,
    Dockerfile: dockerfile('echo going; echo "no such package" >&2; exit 3'),
  })
  made.compose('up', '-d', 'db')
  await page.goto(`/projects/${made.project}`)
  await page.getByRole('button', { name: `More for ${made.project}`, exact: true }).click()
  await page.getByRole('menuitem', { name: /^Build/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Build', exact: true }).click()
  const dock = page.getByRole('region', { name: 'Jobs' })
  await expect(dock.getByText(/failed after .*build of web failed, exit code 3/)).toBeVisible({
    timeout: 30_000,
  })
  const reason = dock.getByRole('region', { name: 'Why it failed' })
  await expect(reason).toContainText('RUN')
  await expect(reason).toContainText('no such package')
})

test('a project whose files are gone says so, and which', async ({ page }) => {
  const made = stack({ 'compose.yaml': `services:\n  db: { ${sleeper} }\n` })
  made.compose('up', '-d')
  await page.goto(`/projects/${made.project}`)
  await expect(page.getByRole('button', { name: `Up ${made.project}` })).toBeVisible()
  made.write('compose.yaml', 'services: [')
  await expect(page.getByRole('region', { name: 'Why Compose cannot be used here' })).toContainText(
    'compose.yaml',
  )
  await docker('run', '--rm', '-v', `${made.folder}:/x`, 'busybox', 'rm', '/x/compose.yaml')
  await expect(page.getByText(`${made.file} is not there.`)).toBeVisible()
  await expect(page.getByRole('button', { name: `Up ${made.project}` })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})
