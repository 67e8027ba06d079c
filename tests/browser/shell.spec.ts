import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { docker, expect, test } from './fixtures.ts'

/** What the terminal in front shows, as text; xterm keeps it in its buffer, the accessibility tree would lag. */
const screenText = (page: Page): Promise<string> =>
  page.locator('[data-terminal]:visible').evaluate((host) => {
    const { terminal } = host as unknown as {
      terminal?: {
        buffer: {
          active: {
            length: number
            getLine: (y: number) => { translateToString: (trim: boolean) => string } | undefined
          }
        }
      }
    }
    if (!terminal) return ''
    const { active } = terminal.buffer
    return Array.from(
      { length: active.length },
      (_, y) => active.getLine(y)?.translateToString(true) ?? '',
    ).join('\n')
  })

const showsText = (page: Page, text: string | RegExp) =>
  expect.poll(() => screenText(page), { timeout: 15_000 }).toMatch(text)

async function openShell(page: Page, id: string): Promise<void> {
  await page.goto(`/containers/${id.slice(0, 12)}/shell`)
  await showsText(page, /[#$] *\n*$/)
}

test('opens a shell at once, the right size, and answers what is typed', async ({ page, engine }) => {
  const id = await engine.run('shell', 'sleep 3600', ['--network', 'none'])
  await openShell(page, id)
  await page.keyboard.type('echo $((6 * 7))-é🙂; stty size\n')
  await showsText(page, /42-é🙂/)
  const text = await screenText(page)
  const size = await page.locator('[data-terminal]:visible').evaluate((host) => {
    const { terminal } = host as unknown as { terminal: { cols: number; rows: number } }
    return `${terminal.rows} ${terminal.cols}`
  })
  expect(text).toContain(`\n${size}\n`)
  await expect(page.locator('footer code')).toHaveText(`docker exec -it ${engine.prefix}-shell ash`)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
    .exclude('[data-terminal]')
    .analyze()
  expect(violations).toEqual([])
})

test('keeps several at once, comes back to them after a reload, and ends what is closed', async ({
  page,
  engine,
}) => {
  const id = await engine.run('several', 'sleep 3600', ['--network', 'none'])
  await openShell(page, id)
  await page.keyboard.type('echo first-$((1 + 1))\n')
  await showsText(page, /first-2/)
  await page.getByRole('button', { name: 'New shell', exact: true }).click()
  await expect(page.getByRole('button', { name: 'ash 2', exact: true })).toBeVisible()
  await showsText(page, /[#$] *\n*$/)
  await page.keyboard.type('echo second-$((1 + 1)); sleep 4321 &\n')
  await showsText(page, /second-2/)
  await page.reload()
  await showsText(page, /second-2/)
  await page.getByRole('button', { name: 'ash', exact: true }).click()
  await showsText(page, /first-2/)
  await page.keyboard.type('echo again-$((1 + 1))\n')
  await showsText(page, /again-2/)
  await page.getByRole('button', { name: 'Close ash 2' }).click()
  await expect.poll(() => docker('top', id)).not.toContain('sleep 4321')
  expect(await docker('top', id)).toContain('ash')
})

test('follows the window’s size, tells the exit code and starts again', async ({ page, engine }) => {
  const id = await engine.run('resize', 'sleep 3600', ['--network', 'none'])
  await openShell(page, id)
  await page.setViewportSize({ width: 900, height: 500 })
  const rowsNow = () =>
    page
      .locator('[data-terminal]:visible')
      .evaluate((host) => (host as unknown as { terminal: { rows: number } }).terminal.rows)
  await expect.poll(rowsNow).toBeLessThan(30)
  await expect
    .poll(async () => {
      await page.keyboard.type('echo size=$(stty size)\n')
      return (await screenText(page)).includes(`size=${await rowsNow()} `)
    })
    .toBe(true)
  await page.keyboard.type('exit 7\n')
  await expect(page.getByText('Ended with exit code 7')).toBeVisible()
  await page.getByRole('button', { name: 'Start again' }).click()
  await showsText(page, /[#$] *\n*$/)
  await page.keyboard.type('echo new-$((1 + 1))\n')
  await showsText(page, /new-2/)
})

test('says why there is no shell', async ({ page, engine }) => {
  const id = await engine.run('stopped', 'sleep 3600', ['--network', 'none'])
  await docker('stop', '-t', '0', id)
  await page.goto(`/containers/${id.slice(0, 12)}/shell`)
  await expect(page.getByText('A shell needs a running container')).toBeVisible()
})
