import AxeBuilder from '@axe-core/playwright'
import { docker, expect, test } from './fixtures.ts'

test('a container at a glance: command, health check with its output, ports, labels', async ({
  page,
  engine,
}) => {
  const id = await engine.run('facts', 'sleep 3600', [
    '--health-cmd',
    'echo canary-probe; exit 1',
    '--health-interval',
    '1s',
    '--health-retries',
    '1',
    '--label',
    'team=<img src=x onerror=alert(1)>',
    '--restart',
    'unless-stopped',
  ])
  await page.goto(`/containers/${id.slice(0, 12)}`)
  await expect(page.getByRole('heading', { level: 1, name: `${engine.prefix}-facts` })).toBeVisible()
  await expect(page.getByText('unless-stopped: starts again until you stop it')).toBeVisible()
  // Why it needs you says it, and so does its health.
  await expect(page.getByText('canary-probe').first()).toBeVisible()
  await expect(page.locator('[data-command]').last()).toHaveText(
    `docker ps -a --filter 'name=^${engine.prefix}-facts$'`,
  )
  await page.getByRole('link', { name: 'Health', exact: true }).click()
  await expect(page.getByText('failed, exit 1').first()).toBeVisible()
  await page.getByRole('link', { name: 'Labels', exact: true }).click()
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible()
  expect(await page.locator('main img').count()).toBe(0)
})

test('secrets are masked by the server and shown one at a time', async ({ page, engine }) => {
  const id = await engine.run('secrets', 'sleep 3600', [
    '-e',
    'API_TOKEN=canary-9f3',
    '-e',
    'DATABASE_URL=postgresql://me:canary-url@db/x',
    '-e',
    'PLAIN=readable',
  ])
  const bodies: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/containers/') && !response.url().endsWith('/reveal'))
      void response.text().then(
        (text) => bodies.push(text),
        () => undefined,
      )
  })
  await page.goto(`/containers/${id.slice(0, 12)}/environment`)
  await expect(page.getByText('readable')).toBeVisible()
  await expect(page.getByText('canary')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show API_TOKEN' }).click()
  await expect(page.getByText('canary-9f3')).toBeVisible()
  await page.getByRole('button', { name: 'Hide API_TOKEN' }).click()
  await expect(page.getByText('canary-9f3')).toHaveCount(0)
  await page.getByRole('link', { name: 'Inspect', exact: true }).click()
  await page.getByRole('textbox', { name: 'Search keys and values' }).fill('DATABASE_URL')
  await expect(page.getByText('1 match')).toBeVisible()
  expect(bodies.length).toBeGreaterThan(0)
  expect(bodies.join('')).not.toContain('canary')
})

test('inspect is a tree for the keyboard, and each place is a command', async ({ page, engine }) => {
  const id = await engine.run('tree')
  await page.goto(`/containers/${id.slice(0, 12)}/inspect`)
  const tree = page.getByRole('tree')
  await tree.focus()
  const state = tree.getByRole('treeitem', { name: /^State/ })
  await state.click()
  await expect(state).toHaveAttribute('aria-expanded', 'true')
  await expect(page.locator('[data-command]').last()).toHaveText(
    `docker inspect --format '{{json .State}}' ${engine.prefix}-tree`,
  )
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-command]').last()).toContainText('{{json .State.Status}}')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(state).toHaveAttribute('aria-expanded', 'false')
})

test('processes, mounts and networks say who and where', async ({ page, engine }) => {
  await docker('network', 'create', `${engine.prefix}-net`)
  await docker('volume', 'create', `${engine.prefix}-data`)
  const id = await engine.run('web', 'sleep 4321', [
    '--network',
    `${engine.prefix}-net`,
    '--network-alias',
    'shop',
    '-v',
    `${engine.prefix}-data:/data`,
  ])
  await page.goto(`/containers/${id.slice(0, 12)}/processes`)
  await expect(page.getByRole('cell', { name: /sleep 4321/ }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Mounts', exact: true }).click()
  await expect(page.getByRole('link', { name: `${engine.prefix}-data` })).toBeVisible()
  await page.getByRole('navigation', { name: 'Container' }).getByRole('link', { name: 'Networks' }).click()
  await expect(page.getByRole('cell', { name: /shop/ })).toBeVisible()
})

test('numbers of a running container arrive, and a stopped one says there are none', async ({
  page,
  engine,
}) => {
  const id = await engine.run('busy', 'while :; do sleep 0.1; done')
  await page.goto(`/containers/${id.slice(0, 12)}/stats`)
  await expect(page.locator('[data-stat="CPU"]')).toHaveText(/^\d/)
  await docker('stop', '-t', '0', id)
  await expect(page.getByText('Nothing to measure')).toBeVisible()
})

test('a container that is removed says so', async ({ page, engine }) => {
  const id = await engine.run('gone')
  await page.goto(`/containers/${id.slice(0, 12)}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('gone')
  await docker('rm', '-f', id)
  await expect(page.getByText(`There is no container ${id.slice(0, 12)}`)).toBeVisible()
})

for (const theme of ['light', 'dark'] as const)
  test(`a container's pages are accessible, ${theme}`, async ({ page, engine }) => {
    const id = await engine.run('axe', 'sleep 3600', ['-e', 'API_TOKEN=canary'])
    await page.emulateMedia({ colorScheme: theme })
    for (const tab of ['', '/environment', '/inspect', '/stats', '/processes']) {
      await page.goto(`/containers/${id.slice(0, 12)}${tab}`)
      await expect(page.getByRole('heading', { level: 1 })).toContainText('axe')
      await expect(page.getByRole('status', { name: /^Reading/ })).toHaveCount(0)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id: rule, nodes }) => [rule, nodes[0]?.html])).toEqual([])
    }
  })
