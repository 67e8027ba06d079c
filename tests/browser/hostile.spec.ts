import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { hostileLines } from '../fixtures/hostile-lines.ts'
import { docker, expect, test } from './fixtures.ts'
import { isDrawn } from './role-sweep.ts'

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

test('hostile labels, variables, commands, health output and project names are only ever text', async ({
  page,
  engine,
}) => {
  const evil = '<img src=x onerror="window.pwned=1">'
  const project = `${engine.prefix}${evil}<script>window.pwned=1<script>`
  const labels = {
    'com.docker.compose.project': project,
    'com.docker.compose.service': `web${evil}`,
    'com.docker.compose.config-hash': 'x',
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    'evil<img/src=x/onerror=window.pwned=1>': `${evil}\u202Egnp`,
  }
  const id = await engine.run('names', `: '${evil}'; sleep 600`, [
    ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    '-e',
    `EVIL=${evil}`,
    '--health-cmd',
    `echo '${evil}'`,
    '--health-interval',
    '1s',
  ])
  await docker('volume', 'create', '--label', `evil=${evil}`, `${engine.prefix}-v`)
  await docker('network', 'create', '--label', `evil=${evil}`, `${engine.prefix}-n`)
  const base = `/containers/${id.slice(0, 12)}`
  const tabs = [
    '',
    '/environment',
    '/labels',
    '/health',
    '/inspect',
    '/mounts',
    '/networks',
    '/processes',
    '/logs',
  ]
  for (const path of [
    '/',
    '/containers',
    ...tabs.map((tab) => base + tab),
    `/volumes/${engine.prefix}-v`,
    '/networks',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('main')).toContainText(/\S/)
    expect([path, await traces(page)]).toEqual([path, none])
  }
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByText(project).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(project)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('img src')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await traces(page)).toEqual(none)
})

test('a terminal takes no clipboard, no title and no link, and answers nothing when an old screen is shown again', async ({
  page,
  engine,
}) => {
  const id = await engine.run('terminal', 'sleep 600')
  const screen = () =>
    page.locator('[data-terminal]:visible').evaluate((host) => {
      const { terminal } = host as unknown as {
        terminal?: {
          buffer: {
            active: {
              length: number
              getLine: (y: number) => { translateToString: () => string } | undefined
            }
          }
        }
      }
      const active = terminal?.buffer.active
      return Array.from(
        { length: active?.length ?? 0 },
        (_, y) => active?.getLine(y)?.translateToString() ?? '',
      ).join('\n')
    })
  await page.goto(`/containers/${id.slice(0, 12)}/shell`)
  await expect.poll(screen).toMatch(/[#$]/)
  const title = await page.title()
  const sequences = [
    String.raw`\033]52;c;cHduZWQ=\007`,
    String.raw`\033]0;pwned\007\033]2;pwned\007`,
    String.raw`\033]8;;javascript:window.pwned=1\007link\033]8;;\007`,
    String.raw`\033[21t\033[c\033[>c\033[6n\033[5n\033P$qm\033\\`,
  ]
  await page.evaluate(() => {
    // Any use of the clipboard from here on is the program's doing.
    for (const name of ['writeText', 'write', 'readText', 'read'] as const)
      Object.defineProperty(navigator.clipboard, name, {
        value: () => Object.assign(window, { pwned: name }),
      })
  })
  await page.keyboard.type(`printf '${sequences.join('')}'; echo "di""d"\n`)
  await expect.poll(screen).toContain('did')
  expect(await page.title()).toBe(title)
  await page.locator('[data-terminal]:visible').click({ position: { x: 20, y: 20 } })
  expect(await traces(page)).toEqual({ ...none, handlers: expect.any(Number) })

  // What the terminal answered while it was live stands in the line as typed text: off with it.
  await page.keyboard.type('\n\necho "cle""ar"\n')
  await expect.poll(screen).toMatch(/clear\s*\n[^\n]*[#$]/)

  // The same screen, after a reload: what it asked was asked long ago.
  const sent: number[] = []
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (typeof payload !== 'string') sent.push(payload.length)
    }),
  )
  await page.reload()
  await expect.poll(screen).toContain('did')
  // Nothing was typed yet, so nothing is sent; and the line works.
  expect(sent).toEqual([])
  await page.keyboard.type('echo "aft""er"\n')
  await expect.poll(screen).toContain('after')
})

test('hostile file names and contents, image labels and values of 4 KB are only ever text, and widen no page', async ({
  page,
  engine,
}) => {
  test.setTimeout(120_000)
  const evil = '<img src=x onerror="window.pwned=1">'
  const long = `${evil}${'w'.repeat(4_000)}`
  const bidi = 'exe.\u202Egnp.txt'
  const ansi = '\u001b[31mred\u001b]0;pwned\u0007'
  const labels = { evil: long, bidi, ansi }
  const id = await engine.run(
    'files',
    `mkdir /e; cd /e; touch '${evil.replaceAll('/', '')}' "$(printf 'a\\nb')" '${bidi}' "$(printf '\\033[31mred')" ${'n'.repeat(255)}; echo '${evil}' > evil.txt; sleep 600`,
    [
      ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
      '-e',
      `EVIL=${long}`,
    ],
  )
  await docker('volume', 'create', '--label', `evil=${long}`, `${engine.prefix}-unused`)
  const image = await docker(
    'commit',
    '--change',
    `LABEL evil="${'<b onclick=window.pwned=1>'.repeat(20)}"`,
    id,
  )
  try {
    const base = `/containers/${id.slice(0, 12)}`
    const paths = [
      `${base}/files?path=%2Fe`,
      `${base}/labels`,
      `${base}/environment`,
      `/containers/new?from=${id.slice(0, 12)}&as=duplicate`,
      `/images/${image.slice(7, 19)}`,
      `/volumes/${engine.prefix}-unused`,
      '/images',
      '/volumes',
      '/cleanup',
      '/activity',
    ]
    for (const width of [1280, 360])
      for (const path of paths) {
        await page.setViewportSize({ width, height: 760 })
        await page.goto(path)
        await isDrawn(page)
        expect([path, await traces(page)]).toEqual([path, none])
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        expect([path, wide]).toEqual([path, width])
      }
    await page.goto(paths[0] ?? '')
    await page.getByText('evil.txt').click()
    await expect(page.getByText(evil, { exact: false }).last()).toBeVisible()
    expect(await traces(page)).toEqual(none)
    expect(await page.title()).not.toContain('pwned')
  } finally {
    await docker('rmi', '-f', image)
  }
})
