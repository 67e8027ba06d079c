import AxeBuilder from '@axe-core/playwright'
import { docker, expect, test } from './fixtures.ts'

test('a volume is created, shows who mounts it where, and goes only after its name is typed', async ({
  page,
  engine,
}) => {
  const name = `${engine.prefix}-data`
  await page.goto('/volumes')
  await page.getByRole('button', { name: 'New volume' }).click()
  await page.getByLabel('Name', { exact: true }).fill('/etc')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('a folder of this machine is a bind mount')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Labels').fill('note=<b>hostile</b>')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(page.getByText('<b>hostile</b>')).toBeVisible()

  await engine.run('db', 'head -c 300000 /dev/zero > /var/lib/x/file; sleep 3600', [
    '-v',
    `${name}:/var/lib/x`,
  ])
  const row = page.getByRole('row').filter({ hasText: `${engine.prefix}-db` })
  await expect(row).toContainText('/var/lib/x')
  await expect(row).toContainText('reads and writes')
  await expect
    .poll(() => docker('exec', `${engine.prefix}-db`, 'stat', '-c', '%s', '/var/lib/x/file'))
    .toBe('300000')
  await page.getByRole('button', { name: 'Measure' }).click()
  await expect(page.getByText('300 kB')).toBeVisible()
  expect(
    (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()).violations,
  ).toEqual([])

  await page.getByRole('button', { name: 'Remove…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(`${engine.prefix}-db holds it`)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Remove with its data' })).toBeDisabled()
  await docker('rm', '-f', `${engine.prefix}-db`)
  await expect(dialog.getByText('Everything in the volume: 300 kB.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Remove with its data' })).toBeDisabled()
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Remove with its data' }).click()
  await expect(page).toHaveURL(/\/volumes$/)
  expect(await docker('volume', 'ls', '-q', '--filter', `name=^${name}$`)).toBe('')
})
