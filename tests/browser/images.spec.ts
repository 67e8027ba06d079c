import AxeBuilder from '@axe-core/playwright'
import { layerOf, type Registry, startRegistry } from '../fixtures/registry.ts'
import { docker, expect, test } from './fixtures.ts'

test('an image is pulled with progress, named, and removed', async ({ page, engine }) => {
  const repository = `${engine.prefix}/pull`
  const registry = await startRegistry({
    repository,
    tag: '1',
    layers: [layerOf('one', 2_000_000), layerOf('two', 300_000)],
    pauseMs: 40,
  })
  const reference = `${registry.host}/${repository}:1`
  try {
    await page.goto('/images')
    await page.getByRole('button', { name: 'Pull an image' }).click()
    await page.getByLabel('Image', { exact: true }).fill('Not An Image')
    await page.getByRole('button', { name: 'Pull', exact: true }).click()
    await expect(page.getByText('An image reference has no spaces.')).toBeVisible()
    await page.getByLabel('Image', { exact: true }).fill(reference)
    await page.getByRole('button', { name: 'Pull', exact: true }).click()
    const dock = page.getByRole('region', { name: 'Jobs' })
    await expect(dock.getByText('downloading').first()).toBeVisible()
    await page.reload()
    await expect(dock.getByText(/^done in .*: 2 layers, .* fetched$/)).toBeVisible()
    await dock.getByRole('link', { name: 'Look at it' }).click()
    await expect(page.getByText('part-0 /')).toBeVisible()
    expect(
      (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()).violations,
    ).toEqual([])

    await page.getByRole('button', { name: 'Tag…' }).click()
    await page.getByLabel('Name', { exact: true }).fill(`${engine.prefix}-renamed:2`)
    await page.getByRole('button', { name: 'Tag', exact: true }).click()
    await expect(
      page.getByRole('button', { name: `Take the name ${engine.prefix}-renamed:2 off` }),
    ).toBeVisible()

    await page.getByRole('button', { name: 'Remove…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled()
    await dialog.getByLabel(/Force/).check()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await expect(page).toHaveURL(/\/images$/)
    expect(await docker('images', '-q', `${engine.prefix}-renamed:2`)).toBe('')
  } finally {
    await end(registry, reference, `${engine.prefix}-renamed:2`)
  }
})

test('a pull is cancelled in the Engine too, and a registry that is not there says so', async ({
  page,
  engine,
}) => {
  const repository = `${engine.prefix}/slow`
  const layers = [layerOf('slow', 3_000_000)]
  const registry = await startRegistry({ repository, tag: '1', layers, pauseMs: 300 })
  const reference = `${registry.host}/${repository}:1`
  try {
    await page.goto('/images')
    await page.getByRole('button', { name: 'Pull an image' }).click()
    await page.getByLabel('Image', { exact: true }).fill(reference)
    await page.getByRole('button', { name: 'Pull', exact: true }).click()
    await expect(page.getByText('downloading').first()).toBeVisible()
    await page.getByRole('button', { name: `Cancel Pull ${reference}` }).click()
    await expect(page.getByText(/^cancelled by .* after/)).toBeVisible()
    await expect.poll(() => registry.cutOff(), { timeout: 20_000 }).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Pull an image' }).click()
    await page.getByLabel('Image', { exact: true }).fill('127.0.0.1:1/nobody/home:1')
    await page.getByRole('button', { name: 'Pull', exact: true }).click()
    const why = page.getByRole('region', { name: 'Why it failed' })
    await expect(why.getByText('The registry 127.0.0.1:1 cannot be reached.').first()).toBeVisible()
    await expect(why.getByText(/^Docker said:/)).toBeVisible()
  } finally {
    await end(registry, reference)
  }
})

test('an image that a running container needs says so and stays', async ({ page, engine }) => {
  await engine.run('holder', 'sleep 3600', ['--network', 'none'])
  await page.goto('/images?q=busybox')
  await page.getByRole('button', { name: 'Actions for busybox:latest' }).click()
  await page.getByRole('menuitem', { name: /Remove/ }).click()
  await expect(page.getByRole('dialog').getByText(/busybox:latest stays:/)).toContainText(/runs? from it/)
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Remove' })).toBeDisabled()
})

async function end(registry: Registry, ...references: string[]): Promise<void> {
  for (const reference of references) await docker('rmi', '-f', reference).catch(() => '')
  await registry.close()
}

test('an image opens by its name and by its whole id, as docker prints them', async ({ page }) => {
  const id = await docker('image', 'inspect', '--format', '{{.Id}}', 'busybox:latest')
  for (const named of ['busybox', 'busybox:latest', id, encodeURIComponent(id)]) {
    await page.goto(`/images/${named}`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('busybox')
    await expect(page.getByText('This image is not here')).toBeHidden()
  }
})
