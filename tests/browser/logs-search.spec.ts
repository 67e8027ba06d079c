import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const lines = (page: Page) => page.locator('[data-log-list]')
const hits = (page: Page) => page.locator('[data-hit-list]')
const status = (page: Page) => page.locator('[data-search-status]')

const labels = (project: string, service: string): string[] =>
  Object.entries({ project, service, 'config-hash': 'x', 'container-number': '1', oneoff: 'False' }).flatMap(
    ([name, value]) => ['--label', `com.docker.compose.${name}=${value}`],
  )

/** Ten thousand lines; only the last few hundred are loaded by a page that is opened. */
const many = (name: string): string =>
  `awk 'BEGIN { for (i = 1; i <= 10000; i++) print (i % 1000 == 7 ? "ERROR" : "INFO") " ${name} request " i }'; sleep 600`

test('every line of a project is searched, counted per container, and shown among its neighbours', async ({
  page,
  engine,
}) => {
  await engine.run('web', many('web'), labels(engine.prefix, 'web'))
  await engine.run('job', many('job'), labels(engine.prefix, 'job'))
  await page.goto(`/projects/${engine.prefix}/logs`)
  await expect(lines(page)).toContainText('request 10000')
  await page.getByRole('searchbox').fill('ERROR')
  await page.getByRole('button', { name: 'Search every line there is' }).click()
  await expect(status(page)).toContainText('20 of 20,000 lines')
  await expect(status(page)).toContainText('every line was looked at')
  await expect(hits(page)).toHaveAttribute('data-hits', '20')
  await expect(
    page.getByRole('group', { name: 'Found in' }).getByRole('button', { name: 'web' }),
  ).toContainText('10')
  await expect(page).toHaveURL(/search=1/)

  // The oldest hit is far in front of what the page had loaded.
  await hits(page).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Lines around /)).toBeVisible()
  await expect(lines(page)).toContainText('request 7')
  await expect(lines(page)).toContainText('request 12')
  await page.getByRole('button', { name: 'Newer hit' }).click()
  await expect(lines(page).locator('[data-level=error]').first()).toBeVisible()
  await page.getByRole('button', { name: 'Back to live' }).click()
  await expect(lines(page)).toContainText('request 10000')

  await page.getByRole('button', { name: 'lines without it' }).click()
  await expect(status(page)).toContainText('19,980 of 20,000 lines')
})

test('a link to a line opens on that line for somebody else', async ({ page, browser, engine }) => {
  const id = await engine.run('link', many('link'))
  await page.goto(`/containers/${id.slice(0, 12)}/logs?q=${encodeURIComponent('request 2007')}&search=1`)
  await expect(hits(page)).toHaveAttribute('data-hits', '1')
  await hits(page).getByRole('option').first().click()
  await expect(page).toHaveURL(/line=[0-9a-f]{12}-/)
  await lines(page).getByText('request 2007').dblclick()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy a link to the line' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const other = await browser.newContext({
    storageState: process.env.COMPOSURE_E2E_STATE,
    viewport: { width: 900, height: 600 },
  })
  const theirs = await other.newPage()
  await theirs.goto(link)
  await expect(lines(theirs)).toContainText('request 2007')
  await expect(lines(theirs).locator('[data-row].outline')).toContainText('ERROR link request 2007')
  await theirs.getByRole('button', { name: 'Older lines' }).click()
  await expect.poll(async () => Number(await lines(theirs).getAttribute('data-rows'))).toBeGreaterThan(2_000)
  await other.close()
})

test('the histogram counts every line by level; a stretch of it is chosen by mouse and by keys', async ({
  page,
  engine,
}) => {
  const id = await engine.run(
    'bars',
    'for i in 1 2 3 4 5 6 7 8; do echo "INFO beat $i"; echo "ERROR beat $i" >&2; sleep 0.5; done; sleep 600',
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  await expect(lines(page)).toContainText('ERROR beat 8')
  await page.getByRole('button', { name: 'Lines over time, by level' }).click()
  const words = page.locator('[data-histogram-words]')
  await expect(words).toContainText('16 lines · 8 error')
  const bars = page.getByRole('slider', { name: /Lines over time/ })
  await bars.focus()
  await page.keyboard.press('ArrowRight')
  await expect(words).toContainText('2 lines · 1 error')
  const box = await bars.boundingBox()
  if (!box) throw new Error('the histogram is not on screen')
  await page.mouse.move(box.x + 1, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.45, box.y + 20)
  await page.mouse.up()
  await expect(page).toHaveURL(/since=\d+&until=\d+/)
  await expect(words).not.toContainText('16 lines')
  await expect(page.getByText(/^Lines around /)).toBeVisible()
  await page.getByRole('button', { name: 'All time' }).click()
  await expect(words).toContainText('16 lines · 8 error')
})

test('a pattern that never ends is stopped on the server too', async ({ page, engine }) => {
  const id = await engine.run(
    'runaway',
    'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!; sleep 600',
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs?search=1&regex=1&q=${encodeURIComponent('(a+)+$')}`)
  await expect(status(page)).toContainText('takes too long', { timeout: 30_000 })
})

test('the download is exactly the view: a pattern, turned round, of one level', async ({ page, engine }) => {
  const id = await engine.run('view', many('view'))
  await page.goto(
    `/containers/${id.slice(0, 12)}/logs?search=1&invert=1&regex=1&level=error&q=${encodeURIComponent('request [1-5]')}`,
  )
  await expect(status(page)).toContainText('5 of 10,000 lines')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Download' })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'Filtered as here', exact: true }).click()),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array))
  const expected = [7, 6007, 7007, 8007, 9007].map((n) => `ERROR view request ${n}\n`).join('')
  expect(Buffer.concat(chunks).toString()).toBe(expected)
})
