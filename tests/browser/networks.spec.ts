import AxeBuilder from '@axe-core/playwright'
import { docker, expect, test } from './fixtures.ts'

test('a network is created, joined by a container under another name, left, and removed', async ({
  page,
  engine,
}) => {
  const name = `${engine.prefix}-net`
  await docker('network', 'create', `${engine.prefix}-home`)
  await engine.run('db', 'sleep 3600', ['--network', `${engine.prefix}-home`])
  await page.goto('/networks')
  await page.getByRole('button', { name: 'New network' }).click()
  await page.getByLabel('Name', { exact: true }).fill('a b')
  await page.getByLabel('Subnet', { exact: true }).fill('10.235.3.7/24')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('Use letters, digits')).toBeVisible()
  await expect(page.getByText('A range begins at its first address: 10.235.3.0/24.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Subnet', { exact: true }).fill('10.235.3.0/24')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(page.getByText('Nobody is here.')).toBeVisible()
  await expect(page.locator('footer [data-command]')).toHaveText(`docker network inspect ${name}`)

  await page.getByRole('button', { name: 'Connect a container…' }).click()
  await page
    .getByRole('combobox', { name: 'Container' })
    .selectOption({ label: `${engine.prefix}-db (running)` })
  await page.getByLabel('Extra names').fill('primary')
  await page.getByLabel('IPv4 address').fill('10.235.3.77')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: `${engine.prefix}-db` })
  await expect(row).toContainText('10.235.3.77')
  await expect(row.getByText('primary', { exact: true })).toBeVisible()

  // From the terminal: the page follows.
  await docker('network', 'disconnect', name, `${engine.prefix}-db`)
  await expect(row).toHaveCount(0)
  await docker('network', 'connect', name, `${engine.prefix}-db`)
  await row.getByRole('button', { name: `Disconnect ${engine.prefix}-db` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(row).toHaveCount(0)

  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page).toHaveURL(/\/networks$/)
  expect(await docker('network', 'ls', '-q', '--filter', `name=^${name}$`)).toBe('')
})

test('the list marks what nobody uses, and a network in use says who holds it', async ({ page, engine }) => {
  const [used, unused] = [`${engine.prefix}-used`, `${engine.prefix}-unused`]
  await docker('network', 'create', '--label', 'note=<img src=x onerror=alert(1)>', used)
  await docker('network', 'create', '--internal', unused)
  await engine.run('app', 'sleep 3600', ['--network', used])
  await page.goto(`/networks?q=${engine.prefix}`)
  await expect(page.getByRole('row').filter({ hasText: unused })).toContainText('internalunused')
  await expect(page.getByRole('row').filter({ hasText: used }).first()).toContainText('1')
  expect(
    (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()).violations,
  ).toEqual([])
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: used, level: 1 })).toBeVisible()
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible()
  await page.getByRole('button', { name: 'Remove…' }).click()
  await expect(page.getByText(`${used} is used by ${engine.prefix}-app`)).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Remove' })).toBeDisabled()
})
