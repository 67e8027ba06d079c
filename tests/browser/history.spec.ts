import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { comeAs } from './come-in.ts'
import { docker, expect, test } from './fixtures.ts'
import { type ServerProcess, startServer } from './server-process.ts'

// A server of its own: the others record nothing, for it would be every container of this machine.
let server: ServerProcess

test.beforeAll(async () => {
  server = await startServer({ COMPOSURE_HISTORY: 'on' })
})
test.afterAll(async () => {
  await server.stop()
})
test.use({ storageState: { cookies: [], origins: [] } })

const labels = (project: string, service: string): string[] =>
  Object.entries({
    project,
    service,
    'config-hash': 'x',
    'container-number': '1',
    oneoff: 'False',
  }).flatMap(([name, value]) => ['--label', `com.docker.compose.${name}=${value}`])

async function keptLines(page: Page, project: string): Promise<number> {
  const answer = await page.request.get(`${server.url}/api/history/containers?project=${project}`)
  const kept = (await answer.json()) as { lineCount: number }[]
  return kept.reduce((sum, { lineCount }) => sum + lineCount, 0)
}

test('a project that was taken down is still read, from the start page on, over the containers it had', async ({
  page,
  context,
  engine,
}) => {
  const project = engine.prefix
  await comeAs(server, context, 'admin')
  const first = await engine.run('web-1', 'seq 1 40; sleep 600', labels(project, 'web'))
  await expect.poll(() => keptLines(page, project), { timeout: 60_000 }).toBe(40)
  await docker('rm', '-f', first)
  const second = await engine.run('web-1', 'echo again; sleep 600', labels(project, 'web'))
  await expect.poll(() => keptLines(page, project), { timeout: 60_000 }).toBe(41)
  const list = page.locator('[data-log-list]')

  await page.goto(`${server.url}/projects/${project}/logs`)
  await expect(list).toContainText('again')
  await page.getByRole('button', { name: /has earlier lines/ }).click()
  await expect(list).toHaveAttribute('data-rows', /\d/)
  await expect(list).toContainText('40')
  await expect(page.locator('[data-note="removed"]')).toHaveCount(1)

  await docker('rm', '-f', second)
  await page.goto(server.url)
  const gone = page.getByRole('region', { name: 'Taken down, logs kept' })
  await gone.getByRole('link', { name: project }).click()
  await expect(page.getByText('taken down; its logs are kept')).toBeVisible()
  await expect(list).toContainText('again')
  await page.getByRole('button', { name: /has earlier lines/ }).click()
  await expect(list).toContainText('40')

  await page.goto(`${server.url}/containers/${first.slice(0, 12)}`)
  await page.getByRole('link', { name: 'Read its log' }).click()
  await expect(list).toContainText('40')
})

test('the archive is set and emptied under Settings', async ({ page, context, engine }) => {
  const project = engine.prefix
  await comeAs(server, context, 'admin')
  await engine.run('web-1', 'seq 1 25; sleep 600', labels(project, 'web'))
  await expect.poll(() => keptLines(page, project), { timeout: 60_000 }).toBe(25)
  await page.goto(`${server.url}/settings/history`)
  const row = page.locator(`[data-project="${project}"]`)
  await expect(row).toContainText('25')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await page.getByLabel('One service, MB').fill('0')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('A number from 1 on')).toBeVisible()
  await page.getByLabel('One service, MB').fill('150')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The limits are set')).toBeVisible()

  await row.getByRole('switch').click()
  await expect(row.getByRole('switch')).toHaveAttribute('aria-checked', 'false')
  await row.getByRole('button', { name: `Actions for ${project}` }).click()
  await page.getByRole('menuitem', { name: 'Delete what is kept…' }).click()
  await expect(page.getByRole('dialog')).toContainText('25 lines')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(row).toContainText('0 B')
  await expect.poll(() => keptLines(page, project)).toBe(0)
  await page.reload()
  await expect(page.getByLabel('One service, MB')).toHaveValue('150')
})
