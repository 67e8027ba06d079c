import { docker, expect, test } from './fixtures.ts'

test('what nobody uses is listed, and exactly what was chosen goes', async ({ page, engine }) => {
  const { prefix } = engine
  await docker('network', 'create', `${prefix}-empty`)
  await docker('volume', 'create', `${prefix}-left`)
  await docker('volume', 'create', `${prefix}-stays`)
  await page.goto('/cleanup')
  const box = (name: string) => page.getByRole('checkbox', { name: `Remove ${name}`, exact: true })
  await expect(box(`${prefix}-empty`)).toBeChecked()
  await expect(box(`${prefix}-left`)).not.toBeChecked()

  // Others may have left things of their own: nothing but ours goes.
  const chosen = page.getByRole('checkbox', { name: /^Remove / }).and(page.locator(':checked'))
  while ((await chosen.count()) > 0) await chosen.first().uncheck()
  await box(`${prefix}-empty`).check()
  await box(`${prefix}-left`).check()
  await expect(page.getByText('2 chosen')).toBeVisible()
  await page.getByRole('button', { name: 'Remove…' }).click()

  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(`docker volume rm ${prefix}-left`)).toBeVisible()
  const confirm = dialog.getByRole('button', { name: /^Remove and free/ })
  await expect(confirm).toBeDisabled()
  await dialog.getByLabel(/type 1$/).fill('1')
  await confirm.click()

  await expect(page.getByText('Clean up 2 things: 2 removed')).toBeVisible()
  await expect(box(`${prefix}-left`)).toHaveCount(0)
  const volumes = await docker('volume', 'ls', '-q', '--filter', `name=${prefix}`)
  expect(volumes).toBe(`${prefix}-stays`)
  expect(await docker('network', 'ls', '-q', '--filter', `name=${prefix}`)).toBe('')
})
