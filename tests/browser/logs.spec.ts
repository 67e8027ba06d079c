import type { Page } from '@playwright/test'
import { docker, expect, test } from './fixtures.ts'

const list = (page: Page) => page.locator('[data-log-list]')
const labels = (project: string, service: string): string[] =>
  Object.entries({
    project,
    service,
    'config-hash': 'x',
    'container-number': '1',
    oneoff: 'False',
  }).flatMap(([name, value]) => ['--label', `com.docker.compose.${name}=${value}`])

/** Numbers of the lines `n 1`, `n 2` ... that the viewer holds, read through its download of what is shown. */
async function shownNumbers(page: Page): Promise<number> {
  return Number(await list(page).getAttribute('data-rows'))
}

test('a burst of 20,000 lines is followed, and its first and last line are reached', async ({
  page,
  engine,
}) => {
  const id = await engine.run(
    'burst',
    'echo begin; while [ ! -e /go ]; do sleep 0.1; done; awk \'BEGIN { for (i = 1; i <= 20000; i++) print "n " i }\'; sleep 600',
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  await expect(list(page)).toContainText('begin')
  await docker('exec', id, 'touch', '/go')
  await expect(list(page)).toContainText('n 20000')
  await expect.poll(() => shownNumbers(page)).toBe(20_001)
  await page.keyboard.press('g')
  await expect(list(page)).toContainText('begin')
  await expect(page.getByText('To the end')).toBeVisible()
  await page.keyboard.press('G')
  await expect(list(page)).toContainText('n 20000')
})

test('a dropped connection leaves no hole and no double', async ({ page, context, engine }) => {
  const id = await engine.run(
    'drop',
    'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "n $i"; [ $((i%20)) = 0 ] && sleep 0.1; done; echo end; sleep 600',
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  await expect(list(page)).toContainText('n ')
  await page.keyboard.press('g')
  await context.setOffline(true)
  await context.setOffline(false)
  await page.keyboard.press('G')
  await expect(list(page)).toContainText('end', { timeout: 40_000 })
  await expect.poll(() => shownNumbers(page)).toBe(3_001)
})

test('search counts, highlights and walks; levels and streams filter', async ({ page, engine }) => {
  const id = await engine.run(
    'search',
    'for i in 1 2 3 4 5; do echo "INFO request $i"; echo "ERROR refused $i" >&2; done; sleep 600',
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  await expect(list(page)).toContainText('refused 5')
  await page.keyboard.press('/')
  await page.keyboard.type('refused')
  const count = page.locator('[data-match-count]')
  await expect(count).toHaveText('5')
  await page.keyboard.press('Enter')
  await expect(count).toHaveText(/^\d of 5$/)
  await expect(list(page).locator('mark').first()).toHaveText('refused')
  await expect(page).toHaveURL(/q=refused/)
  await page.getByRole('button', { name: 'Only lines that match' }).click()
  await expect(list(page)).toHaveAttribute('data-rows', '5')
  await page.goto(`/containers/${id.slice(0, 12)}/logs?stream=stdout`)
  await expect(list(page)).toHaveAttribute('data-rows', '5')
  await expect(list(page)).not.toContainText('refused')
})

test('a pattern that never ends is stopped with clear words', async ({ page, engine }) => {
  const id = await engine.run(
    'regex',
    'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!; sleep 600',
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs?regex=1&q=${encodeURIComponent('(a+)+$')}`)
  await expect(page.getByText('takes too long')).toBeVisible()
})

test('hostile lines are text', async ({ page, engine }) => {
  const id = await engine.run(
    'hostile',
    'echo "<img src=x onerror=alert(1)><script>alert(2)</script>"; printf "a\\342\\200\\256b\\n"; sleep 600',
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  await expect(list(page)).toContainText('<img src=x onerror=alert(1)>')
  await expect(list(page)).toContainText('<U+202E>')
  await expect(list(page).locator('img, script')).toHaveCount(0)
})

test('a project shows all its services in one stream, the dead one too', async ({ page, engine }) => {
  await engine.run('app', 'while :; do echo "from app"; sleep 0.2; done', labels(engine.prefix, 'app'))
  await engine.run('migrate', 'echo "from migrate"; exit 3', labels(engine.prefix, 'migrate'))
  await page.goto(`/projects/${engine.prefix}/logs`)
  await expect(list(page)).toContainText('from app')
  await page.getByRole('group', { name: 'Services' }).getByRole('button', { name: 'app' }).click()
  await expect(list(page)).toContainText('from migrate')
  await expect(list(page)).toContainText('exited with 3')
  await expect(list(page)).not.toContainText('from app')
})

test('the download is the whole log', async ({ page, engine }) => {
  const id = await engine.run('file', 'awk \'BEGIN { for (i = 1; i <= 2000; i++) print "n " i }\'; sleep 600')
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  await expect(list(page)).toContainText('n 2000')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Download' })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'The whole log', exact: true }).click()),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array))
  const expected = Array.from({ length: 2000 }, (_, i) => `n ${i + 1}\n`).join('')
  expect(Buffer.concat(chunks).toString()).toBe(expected)
})
