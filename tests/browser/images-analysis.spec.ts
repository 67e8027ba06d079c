import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker, expect, test } from './fixtures.ts'

async function build(name: string, dockerfile: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'))
  execFileSync('docker', ['build', '-q', '-t', name, '-f', '-', folder], { input: dockerfile })
  rmSync(folder, { recursive: true })
  return (await docker('image', 'inspect', '--format', '{{.Id}}', name)).replace('sha256:', '').slice(0, 12)
}

test('an image says what its layers waste, file by file, and what differs from another', async ({
  page,
  engine,
}) => {
  const [twice, once] = [`${engine.prefix}-twice:1`, `${engine.prefix}-once:1`]
  const twiceId = await build(
    twice,
    'FROM busybox\nRUN mkdir /app && head -c 3000000 /dev/urandom > /app/model.bin\nRUN chown -R 1000 /app\n',
  )
  await build(once, 'FROM busybox\nRUN mkdir /app && echo hello > /app/readme\n')
  try {
    await page.goto(`/images/${twiceId}`)
    await page.getByRole('button', { name: 'Look into the layers' }).click()
    await expect(page.getByText('can be saved')).toBeVisible()
    // Told here, so not in the dock as well.
    await expect(page.getByRole('region', { name: 'Jobs' }).getByText(`Analyse ${twice}`)).toHaveCount(0)
    await expect(page.getByText('written in layer 2, replaced in 3')).toBeVisible()
    await page
      .getByRole('button', { name: /chown -R 1000/ })
      .last()
      .click()
    await expect(
      page.getByRole('list', { name: 'Its largest files' }).getByText('/app/model.bin'),
    ).toBeVisible()

    await page.reload()
    await expect(page.getByText('written in layer 2, replaced in 3')).toBeVisible()

    await page.getByRole('button', { name: 'Compare with…' }).click()
    await page.getByRole('menuitem', { name: once }).click()
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await expect(page.getByText('1 file came')).toBeVisible()
    await expect(page.getByText('1 file went')).toBeVisible()
    await expect(page.getByText('They begin with 1 shared layer.')).toBeVisible()
  } finally {
    await docker('rmi', '-f', twice, once)
  }
})
