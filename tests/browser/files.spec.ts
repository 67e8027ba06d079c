import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { docker, expect, test } from './fixtures.ts'

const accessibility = ['wcag2a', 'wcag2aa', 'wcag21aa']
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What the browser keeps when `press` is done. */
async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('the files of a container are browsed by keyboard, read as text, and marked where they changed', async ({
  page,
  engine,
}) => {
  const script = [
    `mkdir -p "/w/a b/it's"; printf '<script>alert(1)</script>\\n\\033[31mred\\342\\200\\256' > "/w/a b/note.txt"`,
    `touch "/w/a b/$(printf 'new\\nline')" "/w/a b/日本"; head -c 100 /dev/zero > "/w/a b/binary"; rm /etc/group; sleep 3600`,
  ].join('\n')
  const id = await engine.run('files', script)
  await expect.poll(() => docker('diff', `${engine.prefix}-files`)).toContain('binary')
  await page.goto(`/containers/${id.slice(0, 12)}`)
  await page.getByRole('link', { name: 'Files', exact: true }).click()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(row('etc/')).toContainText('drwx')
  await page.getByLabel('Filter by name').fill('w')
  await page.getByLabel('Filter by name').press('Escape')
  await page.getByLabel('Filter by name').press('Escape')
  await page.getByRole('link', { name: 'w/', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/path=%2Fw$/)
  await expect(page.getByRole('link', { name: 'a b/' })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: '日本' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'new␊line' })).toBeVisible()
  await expect(page.getByRole('link', { name: "it's/" })).toBeVisible()
  await expect(row('note.txt')).toContainText('A')
  expect((await new AxeBuilder({ page }).withTags(accessibility).analyze()).violations).toEqual([])

  await page.getByRole('link', { name: 'note.txt' }).click()
  const contents = page.getByLabel('Contents of /w/a b/note.txt')
  await expect(contents).toContainText('<script>alert(1)</script>')
  await expect(contents).toContainText('␛[31mred<U+202E>')
  await page.keyboard.press('Backspace')
  await page.getByRole('link', { name: 'binary' }).click()
  await expect(page.getByText('This is no text')).toBeVisible()
  await page.getByLabel('Go to a path').fill('/etc/../x')
  await page.getByLabel('Go to a path').press('Enter')
  await expect(page.getByLabel('Go to a path')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Go to a path').fill('/etc')
  await page.getByLabel('Go to a path').press('Enter')
  await expect(row('group').filter({ hasText: 'In the image, and removed since' })).toBeVisible()
  await page.getByRole('button', { name: 'Changes' }).click()
  await expect(page.getByRole('dialog').getByText('/w/a b/binary')).toBeVisible()
  await expect(page.getByRole('dialog').getByText(`docker diff ${engine.prefix}-files`)).toBeVisible()
})

test('files go in and out with the same bytes, also of a stopped container, and replace only when told to', async ({
  page,
  engine,
}) => {
  const id = await docker('create', '--name', `${engine.prefix}-still`, 'busybox', 'true')
  const name = `it's a "file" 日本.bin`
  const first = randomBytes(3_000_000)
  const second = randomBytes(1000)
  await page.goto(`/containers/${id.slice(0, 12)}/files?path=%2Ftmp`)
  await expect(page.getByText('The folder is empty')).toBeVisible()
  const pick = (buffer: Buffer) =>
    page.getByLabel('Files to upload').setInputFiles({ name, mimeType: 'text/html', buffer })
  await pick(first)
  await expect(page.getByText('uploaded')).toBeVisible()
  await expect(page.getByRole('link', { name })).toBeVisible()
  const out = await saved(page, () => page.getByRole('button', { name: `Download ${name}` }).click())
  expect([out.name.replace(/^.*日本/, '日本'), hash(out.bytes)]).toEqual(['日本.bin', hash(first)])
  await pick(second)
  await expect(page.getByText(/is there already: a file of 3000000 bytes/)).toBeVisible()
  await page.getByRole('button', { name: 'Replace it' }).click()
  await expect(page.getByText('uploaded')).toHaveCount(2)
  const again = await saved(page, () => page.getByRole('button', { name: `Download ${name}` }).click())
  expect(hash(again.bytes)).toBe(hash(second))
  const tar = await saved(page, () => page.getByRole('button', { name: 'Download as tar' }).click())
  expect(tar.name).toBe('tmp.tar')
  expect(tar.bytes.includes(second)).toBe(true)
  await expect(page.getByRole('region', { name: 'Downloads' }).getByText('downloaded')).toHaveCount(3)
})

test('a file is renamed, and a folder removed only with all that is in it, in a container and in a volume', async ({
  page,
  engine,
}) => {
  const volume = `${engine.prefix}-change`
  const id = await engine.run(
    'change',
    'mkdir -p /w/old/deep; echo x > "/w/a b"; cp -r /w/. /v; touch /v/ready; sleep 3600',
    ['-v', `${volume}:/v`],
  )
  for (const [address, tool] of [
    [`/containers/${id.slice(0, 12)}/files?path=%2Fw`, `docker exec -u 0 ${engine.prefix}-change`],
    [`/volumes/${volume}/files`, `docker run --rm -v ${volume}:/volume busybox`],
  ] as const) {
    await page.goto(address)
    await page.getByRole('button', { name: 'More for a b' }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    await page.getByLabel('New name').fill('old')
    await page.getByLabel('New name').press('Enter')
    await expect(page.getByText('old is there already.')).toBeVisible()
    await page.getByLabel('New name').fill("it's")
    await page.getByLabel('New name').press('Enter')
    await expect(page.getByRole('link', { name: "it's" })).toBeVisible()
    await page.getByRole('button', { name: 'More for old' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(`${tool} rm -rf -- `)).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled()
    await dialog.getByLabel('All that is in it, too').check()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByRole('link', { name: 'old/' })).toHaveCount(0)
    await expect(page.getByRole('link', { name: "it's" })).toBeVisible()
  }
})

test('a volume is looked into, backed up, and restored with the same sums after a second yes', async ({
  page,
  engine,
}) => {
  const [from, to] = [`${engine.prefix}-from`, `${engine.prefix}-to`]
  await docker('volume', 'create', to)
  const inVolume = (volume: string, script: string) =>
    docker('run', '--rm', '-v', `${volume}:/v`, 'busybox', 'sh', '-c', script)
  await inVolume(
    from,
    `mkdir -p "/v/a b/c"; head -c 400000 /dev/urandom > "/v/a b/c/data"; echo hi > "/v/it's"; chown 70:70 "/v/a b"; ln -s "it's" /v/link`,
  )
  const sums = (volume: string) =>
    inVolume(
      volume,
      `cd /v && find . -type f -exec sha256sum {} + | sort && ls -lnR . | grep -v '^total' | awk '{print $1,$3,$4,$9,$10,$11}'`,
    )
  await page.goto(`/volumes/${from}`)
  await page.getByRole('link', { name: 'Files', exact: true }).click()
  await page.getByRole('link', { name: 'a b/' }).click()
  await expect(page.getByRole('link', { name: 'c/' })).toBeVisible()
  const backup = await saved(page, () => page.getByRole('button', { name: 'Back up' }).click())
  expect(backup.name).toBe(`${from}.tar`)

  await engine.run('holder', 'sleep 3600', ['-v', `${to}:/data`])
  await page.goto(`/volumes/${to}/files`)
  await expect(page.getByText('The folder is empty')).toBeVisible()
  await page.getByRole('button', { name: 'Restore…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('Backup')
    .setInputFiles({ name: 'evil.tar', mimeType: 'application/x-tar', buffer: evilTar() })
  await expect(dialog.getByRole('button', { name: 'Restore', exact: true })).toBeDisabled()
  await dialog.getByLabel(`Although ${engine.prefix}-holder runs on it`).check()
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(dialog.getByText('“../../etc/evil” leads out of the volume')).toBeVisible()
  await dialog
    .getByLabel('Backup')
    .setInputFiles({ name: backup.name, mimeType: 'application/x-tar', buffer: backup.bytes })
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(dialog.getByText(`3 files, 400 kB, are in ${to} now.`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close', exact: true }).first().click()
  await expect(page.getByRole('link', { name: 'a b/' })).toBeVisible()
  expect(await sums(to)).toBe(await sums(from))
  expect(await docker('ps', '-aq', '--filter', 'label=composure.helper', '--filter', `volume=${to}`)).toBe('')
})

/** A tar with one file called `../../etc/evil`. */
function evilTar(): Buffer {
  const header = Buffer.alloc(512)
  header.write('../../etc/evil')
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write('00000000004\0', 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\0', 257)
  header.write('00', 263)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, Buffer.from('evil'.padEnd(512, '\0')), Buffer.alloc(1024)])
}
