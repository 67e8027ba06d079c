import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker, expect, test } from './fixtures.ts'

test('a project’s files are read masked, edited under Compose’s eyes, and brought back', async ({
  page,
  engine,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'my shop '))
  const file = join(folder, 'compose.yaml')
  const text =
    'services:\n  app:\n    image: busybox:${TAG:-latest} # pinned later\n    command: sleep 600\n    environment:\n      API_TOKEN: hunter2-token\n      MODE: ${MODE}\n'
  writeFileSync(file, text)
  writeFileSync(join(folder, '.env'), 'MODE=test\n')
  const compose = ['compose', '-p', `${engine.prefix}-shop`, '--project-directory', folder, '-f', file]
  try {
    await docker(...compose, 'up', '-d')
    await page.goto(`/projects/${engine.prefix}-shop/compose`)
    const source = page.getByRole('list', { name: file })
    await expect(source.getByText('# pinned later')).toBeVisible()
    await expect(page.getByText('hunter2-token')).toHaveCount(0)

    await page.getByRole('button', { name: /^Variables/ }).click()
    const mode = page.getByRole('row').filter({ has: page.getByText('MODE', { exact: true }) })
    await expect(mode.getByRole('button', { name: '.env:1' })).toBeVisible()
    await page.getByRole('button', { name: 'Resolved' }).click()
    await expect(page.getByText('busybox:latest')).toBeVisible()

    await page.getByRole('button', { name: 'compose.yaml', exact: true }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    const editor = page.getByRole('textbox', { name: `Text of ${file}` })
    await expect(editor).toContainText('hunter2-token')
    await editor.fill(text.replace('command:', 'commandd:'))
    await expect(page.getByText(/Line 4: .*commandd/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
    await editor.fill(text.replace('sleep 600', 'sleep 900'))
    await expect(page.getByText('Compose takes it.')).toBeVisible()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText(/^Saved\./)).toBeVisible()
    expect(readFileSync(file, 'utf8')).toBe(text.replace('sleep 600', 'sleep 900'))

    await page.getByRole('button', { name: 'Earlier versions' }).click()
    await page.getByRole('menuitem', { name: /replaced by admin/ }).click()
    await expect(editor).toContainText('sleep 600')
  } finally {
    await docker(...compose, 'down', '-t', '0')
    rmSync(folder, { recursive: true })
  }
})
