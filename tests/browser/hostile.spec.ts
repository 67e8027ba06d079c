import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { hostileLines } from '../fixtures/hostile-lines.ts'
import { docker, expect, test } from './fixtures.ts'

// `cleanPage` fails every test whose page threw or met the Content Security Policy; these add: nothing ran, nothing was made, nothing asked.
const list = (page: Page) => page.locator('[data-log-list]')

test.beforeEach(async ({ page }) => {
  page.on('dialog', () => {
    throw new Error('a dialog opened')
  })
  page.on('popup', () => {
    throw new Error('a window opened')
  })
})

/** What hostile text would have left behind. */
async function traces(page: Page): Promise<unknown> {
  return page.evaluate(() => ({
    pwned: 'pwned' in window || 'pwned' in Object.prototype,
    foreign: [
      ...document.querySelectorAll('iframe, object, embed, base, form[action], meta[http-equiv], math'),
    ].map((element) => element.outerHTML),
    handlers: [...document.querySelectorAll('*')].filter((element) =>
      [...element.attributes].some(
        ({ name, value }) => /^on/i.test(name) || /^\s*(javascript|data:text)/i.test(value),
      ),
    ).length,
    links: [...document.querySelectorAll('[data-log-list] a')].filter((link) => {
      const { protocol } = new URL((link as HTMLAnchorElement).href)
      return protocol !== 'http:' && protocol !== 'https:'
    }).length,
  }))
}
const none = { pwned: false, foreign: [], handlers: 0, links: 0 }

test('300 hostile log lines are only ever text', async ({ page, engine }) => {
  test.setTimeout(120_000)
  expect(hostileLines.length).toBeGreaterThanOrEqual(300)
  const folder = mkdtempSync(join(tmpdir(), 'composure-hostile-'))
  writeFileSync(join(folder, 'lines'), `${hostileLines.join('\n')}\nthe last line\n`)
  const id = await engine.run('hostile', 'while [ ! -e /lines ]; do sleep 0.1; done; cat /lines; sleep 600')
  await docker('cp', join(folder, 'lines'), `${id}:/lines`)
  rmSync(folder, { recursive: true })
  const outside: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).hostname.endsWith('example')) outside.push(request.url())
  })
  const title = `${engine.prefix}-hostile`
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  await expect(list(page)).toContainText('the last line')
  await expect
    .poll(async () => Number(await list(page).getAttribute('data-rows')))
    .toBe(hostileLines.length + 1)
  // Every row is drawn once on the way from the first to the last.
  await page.keyboard.press('g')
  await expect(list(page)).toContainText('<script>window.pwned=1</script>')
  expect(await traces(page)).toEqual(none)
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('PageDown')
    if (step % 6 === 0) expect(await traces(page)).toEqual(none)
  }
  await page.keyboard.press('G')
  await expect(list(page)).toContainText('the last line')
  // Searched for, marked, and its details opened.
  await page.keyboard.press('/')
  await page.keyboard.type('<img src=x')
  await expect(list(page).locator('mark').first()).toContainText('<img src=x')
  expect(await traces(page)).toEqual(none)
  expect(await page.title()).toContain(title)
  expect(outside).toEqual([])
})
