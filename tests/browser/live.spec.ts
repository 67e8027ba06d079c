import { once } from 'node:events'
import type { Page } from '@playwright/test'
import { canRunPrivateEngine, PrivateEngine } from '../faults/private-engine.ts'
import { docker, expect, test, visitor } from './fixtures.ts'
import { password, startServer } from './server-process.ts'

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible()
}

test('two tabs follow the Engine over one connection, and closing one leaves the other', async ({
  page,
  context,
  engine,
}) => {
  const id = await engine.run('shared')
  const other = await context.newPage()
  for (const tab of [page, other]) await tab.goto(`/containers/${id.slice(0, 12)}`)
  const head = (tab: Page) => tab.getByRole('main').locator('header')
  await docker('pause', id)
  for (const tab of [page, other]) await expect(head(tab)).toContainText('paused')
  // What one tab does, the other shows.
  await other.getByRole('button', { name: /^Unpause/ }).click()
  for (const tab of [page, other]) await expect(head(tab)).toContainText(/running/)
  await other.close()
  await docker('pause', id)
  await expect(head(page)).toContainText('paused')
})

test('a tab whose lock is granted late is not taken for dead', async ({ page, engine }) => {
  await page.addInitScript(() => {
    const request = navigator.locks.request.bind(navigator.locks) as (...args: unknown[]) => Promise<unknown>
    // A busy browser grants the lock long after the worker has heard of the tab.
    navigator.locks.request = ((...args: unknown[]) =>
      new Promise((resolve) => setTimeout(resolve, 1000)).then(() => request(...args))) as never
  })
  const id = await engine.run('late')
  await page.goto(`/containers/${id.slice(0, 12)}/stats`)
  await expect(page.locator('[data-stat="CPU"]')).toHaveText(/^\d/)
  await docker('pause', id)
  await expect(page.getByRole('main').locator('header')).toContainText('paused')
})

test.describe('on a server of its own', () => {
  test.use({ storageState: visitor })

  test('Composure that stops answering is said so, and the page heals when it is back', async ({
    page,
    engine,
  }) => {
    const id = await engine.run('kept')
    const first = await startServer()
    await signIn(page, first.url)
    await page.goto(`${first.url}/containers/${id.slice(0, 12)}`)
    await docker('pause', id)
    await expect(page.getByRole('main').locator('header')).toContainText('paused')
    const exited = once(first.process, 'exit')
    first.process.kill('SIGTERM')
    await exited
    const banner = page.getByRole('alert').filter({ hasText: 'Composure does not answer' })
    await expect(banner).toContainText(/Showing what was known at \d\d:\d\d:\d\d/)
    await docker('unpause', id)
    const second = await startServer({ PORT: String(first.port), COMPOSURE_DATA_DIR: first.dataDir })
    await expect(banner).toHaveCount(0, { timeout: 20_000 })
    await expect(page.getByRole('main').locator('header')).toContainText(/running/)
    await page.goto('about:blank')
    await second.stop()
    await first.stop()
  })

  test('signing out in one tab ends the other', async ({ page, context }) => {
    const server = await startServer()
    await signIn(page, server.url)
    const other = await context.newPage()
    await other.goto(`${server.url}/containers`)
    await expect(
      other.getByRole('table', { name: 'Containers' }).or(other.getByText('No containers')),
    ).toBeVisible()
    await page.getByRole('button', { name: /^You: / }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    await expect(other).toHaveURL(/\/sign-in\?next=%2Fcontainers/)
    await other.close()
    await page.goto('about:blank')
    await server.stop()
  })

  test('an Engine that goes away is said so in plain words, on every page, and the page heals by itself', async ({
    page,
  }) => {
    test.skip(!canRunPrivateEngine, 'a second Engine to break needs root and /usr/sbin/dockerd')
    test.setTimeout(180_000)
    const engine = new PrivateEngine()
    await engine.start()
    engine.load('busybox:latest')
    engine.docker('create', '--network', 'none', '--name', 'kept', 'busybox:latest')
    const server = await startServer({ DOCKER_HOST: `unix://${engine.socket}` })
    try {
      await signIn(page, server.url)
      const row = page.getByRole('row').filter({ hasText: 'kept' })
      await page.goto(`${server.url}/containers`)
      await expect(row).toContainText('created, never started')

      await engine.kill()
      const killedAtMs = Date.now()
      const banner = page.getByRole('alert').filter({ hasText: 'The Docker Engine has stopped' })
      await expect(banner).toBeVisible()
      test.info().annotations.push({ type: 'said after', description: `${Date.now() - killedAtMs} ms` })
      await expect(banner).toContainText('sudo systemctl restart docker')
      // What was known stays, and what is asked for says why it cannot be done.
      await expect(row).toBeVisible()
      await row.getByRole('button', { name: 'Start kept' }).click()
      await expect(page.getByText('Could not start kept')).toBeVisible()
      for (const path of ['/', '/images', '/networks', '/volumes']) {
        await page.goto(`${server.url}${path}`)
        await expect(banner).toBeVisible()
      }

      await engine.start()
      await expect(banner).toHaveCount(0, { timeout: 20_000 })
      engine.docker('create', '--network', 'none', '--name', 'new-one', 'busybox:latest')
      await page.goto(`${server.url}/containers`)
      await expect(page.getByRole('row').filter({ hasText: 'new-one' })).toBeVisible()

      engine.signal('SIGSTOP')
      const frozen = page.getByRole('alert').filter({ hasText: 'The Docker Engine does not answer' })
      await expect(frozen).toBeVisible({
        timeout: 30_000,
      })
      engine.signal('SIGCONT')
      await expect(frozen).toHaveCount(0, { timeout: 30_000 })
    } finally {
      engine.signal('SIGCONT')
      await page.goto('about:blank')
      await server.stop()
      await engine.remove()
    }
  })
})
