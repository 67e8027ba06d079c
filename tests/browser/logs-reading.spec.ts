import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const list = (page: Page) => page.locator('[data-log-list]')
const current = (page: Page) => list(page).locator('[data-row].outline')
const labels = (project: string, service: string): string[] =>
  Object.entries({
    project,
    service,
    'config-hash': 'x',
    'container-number': '1',
    oneoff: 'False',
  }).flatMap(([name, value]) => ['--label', `com.docker.compose.${name}=${value}`])

const jsonLines =
  'for i in 1 2 3 4 5 6; do m=GET; [ $((i%3)) = 0 ] && m=POST; echo "{\\"level\\":30,\\"msg\\":\\"done $i\\",\\"req\\":{\\"method\\":\\"$m\\",\\"id\\":9007199254740993}}"; done; sleep 600'

test('fields become columns and filters, and the address shows the same to somebody else', async ({
  page,
  context,
  engine,
}) => {
  const id = await engine.run('fields', jsonLines)
  await page.goto(`/containers/${id}/logs`)
  await expect(list(page)).toContainText('done 6')
  await page.getByRole('button', { name: 'Columns of fields' }).click()
  await page.getByRole('menuitem', { name: 'req.method' }).click()
  await expect(list(page).locator('[data-column="req.method"]').first()).toHaveText('GET')
  await list(page).getByText('done 6').dblclick()
  const details = page.getByRole('region', { name: 'Line details' })
  await expect(details).toContainText('9007199254740993')
  const method = details.locator('li', { hasText: 'method' }).last()
  await method.hover()
  await method.getByRole('button', { name: 'Only lines where req.method is this' }).click()
  await expect(list(page)).toHaveAttribute('data-rows', '2')
  await page.keyboard.press('Escape')
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(list(other)).toHaveAttribute('data-rows', '2')
  await expect(list(other).locator('[data-column="req.method"]').first()).toHaveText('POST')
  await page.getByRole('button', { name: 'req.method is POST; turn round' }).click()
  await expect(list(page)).toHaveAttribute('data-rows', '4')
  await page.getByRole('button', { name: /Remove the filter/ }).click()
  await expect(list(page)).toHaveAttribute('data-rows', '6')
})

test('a column is made wider by the keyboard, and the address keeps it', async ({ page, engine }) => {
  const id = await engine.run('width', jsonLines)
  await page.goto(`/containers/${id}/logs?col=req.method`)
  const grip = page.getByRole('slider', { name: 'Width of req.method' })
  await grip.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/col=req\.method(%3A|:)13/)
  await page.reload()
  await expect(page.getByRole('slider', { name: 'Width of req.method' })).toHaveAttribute(
    'aria-valuenow',
    '13',
  )
})

test('traces are folded to a line, opened by key and button, found inside, and can be left as they are', async ({
  page,
  engine,
}) => {
  const id = await engine.run(
    'trace',
    'printf "INFO before\\nTraceback (most recent call last):\\n  File \\"a.py\\", line 3, in deep\\n    go()\\nValueError: no such thing\\nINFO a\\nINFO b\\nINFO c\\n"; sleep 600',
  )
  await page.goto(`/containers/${id}/logs`)
  await expect(list(page)).toHaveAttribute('data-rows', '5')
  await expect(list(page)).toContainText('Traceback (most recent call last): … ValueError: no such thing')
  await list(page).getByText('Traceback').dblclick()
  await expect(page.getByRole('region', { name: 'Line details' })).toContainText('line 3, in deep')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Show 3 more lines of the trace' }).click()
  await expect(list(page)).toHaveAttribute('data-rows', '8')
  await page.keyboard.press('e')
  await expect(current(page)).toContainText('Traceback')
  await page.keyboard.press('z')
  await expect(list(page)).toHaveAttribute('data-rows', '5')
  await page.keyboard.press('/')
  await page.keyboard.type('deep')
  await expect(page.locator('[data-match-count]')).toHaveText('1')
  await page.keyboard.press('Enter')
  await expect(current(page)).toContainText('line 3, in deep')
  await expect(list(page)).toHaveAttribute('data-rows', '8')
  await page.goto(`/containers/${id}/logs?traces=off`)
  await expect(list(page)).toHaveAttribute('data-rows', '8')
  await expect(page.getByRole('button', { name: /of the trace/ })).toHaveCount(0)
})

test('several highlights stay while something else is searched', async ({ page, engine }) => {
  const id = await engine.run('marks', 'for i in 1 2 3; do echo "alpha $i beta"; done; echo gamma; sleep 600')
  await page.goto(`/containers/${id}/logs`)
  await expect(list(page)).toContainText('gamma')
  for (const word of ['alpha', 'beta']) {
    await page.getByRole('searchbox').fill(word)
    await expect(page.locator('[data-match-count]')).toHaveText('3')
    await page.getByRole('button', { name: 'Keep it highlighted (h)' }).click()
  }
  await page.getByRole('searchbox').fill('gamma')
  await expect(list(page).locator('mark[data-hit="0"]')).toHaveText(['gamma'])
  await expect(list(page).locator('mark[data-hit="1"]')).toHaveText(['alpha', 'alpha', 'alpha'])
  await expect(list(page).locator('mark[data-hit="2"]')).toHaveText(['beta', 'beta', 'beta'])
  await expect(list(page)).toHaveAttribute('data-rows', '4')
  const legend = page.locator('[data-highlight-chip]')
  await expect(legend).toHaveText([/alpha\s*3/, /beta\s*3/])
  await page.reload()
  await expect(list(page).locator('mark[data-hit="2"]')).toHaveText(['beta', 'beta', 'beta'])
  await page.getByRole('button', { name: 'Remove the highlight alpha' }).click()
  await expect(legend).toHaveCount(1)
})

test('the keys walk the log', async ({ page, engine }) => {
  const id = await engine.run(
    'keys',
    'for i in $(seq 1 200); do l=INFO; [ $((i%50)) = 7 ] && l=ERROR; echo "$l line $i"; done; sleep 600',
  )
  await page.goto(`/containers/${id}/logs`)
  await expect(list(page)).toContainText('line 200')
  await page.keyboard.press('g')
  await expect(list(page)).toContainText('line 1')
  for (const expected of ['line 7', 'line 57', 'line 107']) {
    await page.keyboard.press('e')
    await expect(current(page)).toContainText(expected)
  }
  await page.keyboard.press('E')
  await expect(current(page)).toContainText('line 57')
  await page.keyboard.press('j')
  await expect(current(page)).toContainText('line 58')
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(current(page)).toContainText('line 56')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Line details' })).toContainText('line 56')
  await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  await expect(page).toHaveURL(/time=local/)
  await page.keyboard.press('w')
  await expect(page).toHaveURL(/wrap=1/)
  await page.keyboard.press('w')
  await page.keyboard.press('?')
  await expect(page.getByText('Open or fold the trace')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('f')
  await expect(page.getByRole('button', { name: 'follow', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(list(page)).toContainText('line 200')
  await page.keyboard.press('b')
  await expect(list(page)).not.toContainText('line 200')
  await page.keyboard.press(' ')
  await expect(list(page)).toContainText('line 200')
})

test('each service says its errors, and leads to them', async ({ page, engine }) => {
  await engine.run('app', 'echo "ERROR app broke"; sleep 600', labels(engine.prefix, 'app'))
  await engine.run(
    'db',
    'echo "LOG:  fine"; echo "ERROR:  db broke"; echo "FATAL:  db broke again"; sleep 600',
    labels(engine.prefix, 'db'),
  )
  await page.goto(`/projects/${engine.prefix}/logs`)
  const badge = page.locator('[data-error-badge="db"]')
  await expect(badge).toHaveText('2')
  await expect(page.locator('[data-error-badge="app"]')).toHaveText('1')
  await badge.click()
  await expect(current(page)).toContainText('db broke')
  await badge.click()
  await expect(current(page)).toContainText('db broke')
})

test('a line is copied as it reads, as it was written, and as a link', async ({ page, context, engine }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const id = await engine.run('copy', 'printf "\\033[31mred\\033[0m text\\n"; sleep 600')
  await page.goto(`/containers/${id}/logs`)
  await list(page).getByText('red').dblclick()
  const details = page.getByRole('region', { name: 'Line details' })
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await details.getByRole('button', { name: 'Copy the text' }).click()
  await expect.poll(clipboard).toBe('red text')
  await details.getByRole('button', { name: 'Copy it as it was written' }).click()
  await expect.poll(clipboard).toBe('\u001b[31mred\u001b[0m text')
  await details.getByRole('button', { name: 'Copy a link to the line' }).click()
  await expect
    .poll(clipboard)
    .toMatch(
      new RegExp(`/containers/${id.slice(0, 12)}/logs\\?line=${id.slice(0, 12)}-\\d+\\.\\d{9}\\.0\\.0$`),
    )
})

test('a wrapped line longer than the screen is read to its end', async ({ page, engine }) => {
  const id = await engine.run(
    'long',
    'echo first; awk \'BEGIN { for (i = 0; i < 700; i++) printf "w%d ", i; print "END" }\'; for i in $(seq 1 80); do echo "n $i"; done; sleep 600',
  )
  await page.setViewportSize({ width: 500, height: 500 })
  await page.goto(`/containers/${id}/logs?wrap=1`)
  await expect(list(page)).toContainText('n 80')
  await page.keyboard.press('g')
  const end = list(page).getByText('END')
  await list(page).hover()
  await expect(async () => {
    await page.mouse.wheel(0, 60)
    await expect(end).toBeInViewport({ timeout: 50 })
    const tail = await end.evaluate((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const boxes = range.getClientRects()
      return boxes[boxes.length - 1]?.bottom ?? 0
    })
    const bottom = await list(page).evaluate((element) => element.getBoundingClientRect().bottom)
    expect(tail).toBeLessThan(bottom)
  }).toPass()
})
