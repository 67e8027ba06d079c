import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker, expect, test } from './fixtures.ts'
import { freePort } from './server-process.ts'

const root = join(import.meta.dirname, '../..')

/**
 * The stack that ships, in a folder whose name breaks careless quoting, with names of its own: its file stays as it is, an override beside it
 * and an `.env` say the rest, as a person would do it who runs two of them.
 */
async function copyStack(prefix: string): Promise<{ folder: string; port: number }> {
  const folder = mkdtempSync(join(tmpdir(), `${prefix} it's "the" stack `))
  cpSync(join(root, 'docker-compose.yml'), join(folder, 'docker-compose.yml'))
  cpSync(join(root, 'backend'), join(folder, 'backend'), {
    recursive: true,
    filter: (path) => !/\/(?:node_modules|dist)$/.test(path),
  })
  const own = (name: string): object => ({ container_name: `${prefix}-${name}` })
  const override = {
    services: { db: own('db'), app: { ...own('app'), image: `${prefix}-app` }, dashboard: own('dashboard') },
    volumes: {
      postgres_data: { name: `${prefix}_postgres` },
      composure_data: { name: `${prefix}_composure` },
    },
  }
  const port = await freePort()
  const authority = process.env.COMPOSURE_CA_FILE ?? process.env.NODE_EXTRA_CA_CERTS
  writeFileSync(join(folder, 'docker-compose.override.yml'), JSON.stringify(override))
  writeFileSync(
    join(folder, '.env'),
    `POSTGRES_PASSWORD=for-a-test\nBACKEND_PORT=${port}\n${authority ? `COMPOSURE_CA_FILE=${authority}\n` : ''}`,
  )
  return { folder, port }
}

// The dashboard's own image is left out: building it takes longer than all of this. tests/ground brings up all three through the page.
test('the stack that ships is added from its folder, built and brought up until it is healthy, and taken down', async ({
  page,
  engine: { prefix },
}) => {
  test.setTimeout(300_000)
  const { folder, port } = await copyStack(prefix)
  try {
    await page.goto('/')
    await page.getByRole('button', { name: 'Add a project…' }).click()
    await page.getByRole('textbox', { name: 'Folder' }).fill(folder)
    await page.getByRole('button', { name: 'Look' }).click()
    await expect(page.getByText('Compose finds app, dashboard, db.')).toBeVisible()
    await page.getByLabel('Project name').fill(prefix)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByRole('heading', { name: `${prefix} is not started` })).toBeVisible()

    await page.getByRole('button', { name: `Up ${prefix}` }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Build images first').check()
    await dialog.getByLabel('Wait until it is healthy').check()
    await dialog
      .getByRole('group', { name: 'Only these services' })
      .getByLabel('app', { exact: true })
      .check()
    const plan = dialog.getByRole('list', { name: 'What would happen' })
    await expect(plan).toContainText('the image of app')
    await expect(plan).toContainText(`${prefix}-db`)
    await expect(plan).not.toContainText('dashboard')
    await dialog.getByRole('button', { name: 'Up', exact: true }).click()
    const dock = page.getByRole('region', { name: 'Jobs' })
    await expect(dock.getByText(/^done in .*1 image built, 2 containers created/)).toBeVisible({
      timeout: 240_000,
    })
    const health = ['inspect', '--format', '{{.State.Health.Status}}', `${prefix}-db`, `${prefix}-app`]
    expect(await docker(...health)).toBe('healthy\nhealthy')
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)

    await page.getByRole('button', { name: `More for ${prefix}`, exact: true }).click()
    await page.getByRole('menuitem', { name: /^Down/ }).click()
    await dialog.getByLabel('Delete its volumes').check()
    await dialog.getByLabel(`Type ${prefix} to delete its volumes`).fill(prefix)
    await dialog.getByRole('button', { name: 'Take down and delete the data' }).click()
    await expect(page.getByRole('heading', { name: `${prefix} is not started` })).toBeVisible({
      timeout: 60_000,
    })
    expect(await docker('volume', 'ls', '-q', '--filter', `name=${prefix}_postgres`)).toBe('')
    await page.getByRole('button', { name: 'Forget it' }).click()
    await expect(page.getByRole('region', { name: 'Not started' }).getByText(prefix)).toHaveCount(0)
  } finally {
    await docker('rmi', '-f', `${prefix}-app`).catch(() => '')
    rmSync(folder, { recursive: true, force: true })
  }
})
