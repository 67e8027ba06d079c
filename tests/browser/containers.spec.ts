import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { docker, expect, test } from './fixtures.ts'

const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Containers' }).getByRole('row').filter({ hasText: name })

const stateOf = (id: string) => docker('inspect', '--format', '{{.State.Status}}', id)

/** The names in the list, in its order. */
const namesIn = (page: Page) =>
  page
    .getByRole('table', { name: 'Containers' })
    .locator('tr[data-container] td[data-narrow=title]')
    .allInnerTexts()

test('ArrowDown on the button of a row’s menu opens it and walks no list', async ({ page, engine }) => {
  const name = `${engine.prefix}-keys`
  await engine.run('keys')
  await page.goto(`/containers?q=${engine.prefix}`)
  const more = rowOf(page, name).getByRole('button', { name: `More for ${name}` })
  await more.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
})

test('stopped on the page, it is stopped in docker ps; stopped in the terminal, the page follows', async ({
  page,
  engine,
}) => {
  const name = `${engine.prefix}-app`
  const id = await engine.run('app')
  await page.goto(`/containers?q=${engine.prefix}`)
  const row = rowOf(page, name)
  await expect(row).toContainText(/running \d+ s/)
  expect(await docker('ps', '--format', '{{.Names}}')).toContain(name)

  await row.getByRole('button', { name: `Stop ${name}` }).click()
  await expect(row).toContainText(/stopped, \d+ s ago/)
  expect(await docker('ps', '--format', '{{.Names}}')).not.toContain(name)
  await row.getByRole('button', { name: `Start ${name}` }).click()
  await expect(row).toContainText(/running \d+ s/)
  expect(await stateOf(id)).toBe('running')

  await docker('stop', id)
  await expect(row).toContainText(/stopped, \d+ s ago/)
  await docker('start', id)
  await expect(row).toContainText(/running \d+ s/)
  await docker('pause', id)
  await expect(row).toContainText('paused')
  await docker('unpause', id)
  await expect(row).toContainText(/running \d+ s/)
  await docker('rename', name, `${name}-renamed`)
  await expect(rowOf(page, `${name}-renamed`)).toBeVisible()
  await docker('rm', '-f', id)
  await expect(row).toHaveCount(0)
})

test('the list has every container, in words', async ({ page, engine }) => {
  const { prefix } = engine
  await engine.run('up', 'sleep 3600', ['--health-cmd', 'true', '--health-interval', '1s'])
  await engine.run('sick', 'sleep 3600', [
    '--health-cmd',
    'exit 1',
    '--health-interval',
    '1s',
    '--health-retries',
    '1',
  ])
  await engine.run('done', 'true')
  await engine.run('failed', 'exit 1')
  await engine.run('missing', 'exec nosuchcommand')
  await docker('create', '--name', `${prefix}-new`, 'busybox', 'true')
  await docker('run', '-d', '--name', `${prefix}-cannot`, 'busybox', '/nosuch').catch(() => undefined)
  await page.goto(`/containers?q=${prefix}`)
  for (const [name, words] of [
    ['up', /running \d+ s, healthy/],
    ['sick', /unhealthy, running \d+ s/],
    ['done', /completed, \d+ s ago/],
    ['failed', /failed, exit 1, \d+ s ago/],
    ['missing', /failed, exit 127, \d+ s ago/],
    ['new', 'created, never started'],
    ['cannot', 'could not start'],
  ] as const)
    await expect(rowOf(page, `${prefix}-${name}`)).toContainText(words)
  const all = await docker('ps', '-aq')
  await page.goto('/containers')
  // Others come and go on this Engine while we count; none of ours is missing.
  expect(all.split('\n').length).toBeGreaterThanOrEqual(7)
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
})

test('filters by words and by state, sorts, and keeps both in the URL', async ({ page, engine }) => {
  const { prefix } = engine
  await engine.run('2-busy', 'while :; do :; done', ['--cpus', '0.2'])
  await engine.run('10-idle')
  await engine.run('3-off', 'true')
  await page.goto('/containers')
  // Its first numbers: now the page lives.
  await expect(rowOf(page, `${prefix}-2-busy`)).toContainText(/\d %/)
  await page.keyboard.press('/')
  await page.keyboard.type(prefix)
  await expect.poll(() => namesIn(page)).toEqual([`${prefix}-2-busy`, `${prefix}-3-off`, `${prefix}-10-idle`])
  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await expect.poll(() => namesIn(page)).toEqual([`${prefix}-10-idle`, `${prefix}-3-off`, `${prefix}-2-busy`])
  await page.getByRole('button', { name: 'CPU', exact: true }).click()
  await expect.poll(async () => (await namesIn(page))[0], { timeout: 15_000 }).toBe(`${prefix}-2-busy`)
  await page.getByRole('button', { name: /^Stopped/ }).click()
  await expect.poll(() => namesIn(page)).toEqual([`${prefix}-3-off`])
  await expect(page.locator('footer [data-command]')).toHaveText(
    'docker ps -a --filter status=exited --filter status=dead',
  )
  await expect(page).toHaveURL(`/containers?q=${prefix}&state=stopped&sort=cpu&order=desc`)
  await page.reload()
  await expect.poll(() => namesIn(page)).toEqual([`${prefix}-3-off`])
  await page.getByRole('searchbox').fill('nothing is called this')
  await expect(page.getByText('No container matches')).toBeVisible()
  await page.getByRole('button', { name: /^Show all/ }).click()
  await expect(page).toHaveURL('/containers?sort=cpu&order=desc')
})

test('is walked, selected and opened without a mouse', async ({ page, engine }) => {
  const { prefix } = engine
  const first = await engine.run('a')
  const second = await engine.run('b')
  await page.goto(`/containers?q=${prefix}`)
  await expect(rowOf(page, `${prefix}-b`)).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: `${prefix}-a`, exact: true })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('link', { name: `${prefix}-b`, exact: true })).toBeFocused()
  await page.keyboard.press('x')
  await page.keyboard.press('k')
  await page.keyboard.press('x')
  const bar = page.getByRole('toolbar', { name: 'Selected containers' })
  await expect(bar).toContainText('2 selected')
  await bar.getByRole('button', { name: 'Stop' }).press('Enter')
  await expect(rowOf(page, `${prefix}-a`)).toContainText(/stopped, \d+ s ago/)
  await expect(rowOf(page, `${prefix}-b`)).toContainText(/stopped, \d+ s ago/)
  expect([await stateOf(first), await stateOf(second)]).toEqual(['exited', 'exited'])
  await page.getByRole('link', { name: `${prefix}-a`, exact: true }).focus()
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await page.keyboard.press('l')
  await expect(page).toHaveURL(`/containers/${first.slice(0, 12)}/logs`)
  await page.goBack()
  await expect(rowOf(page, `${prefix}-b`)).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/containers/${second.slice(0, 12)}`)
})

test('one container: every action does what it says, and shows the command it is', async ({
  page,
  engine,
}) => {
  const name = `${engine.prefix}-one`
  const id = await engine.run('one', 'sleep 3600', ['-v', '/data'])
  await page.goto(`/containers/${id.slice(0, 12)}`)
  const choose = async (item: string, line: string) => {
    await page.getByRole('button', { name: `More for ${name}` }).click()
    const entry = page.getByRole('menuitem').filter({ hasText: line })
    await expect(entry).toContainText(item)
    await entry.click()
  }
  const head = page.getByRole('main').locator('header')

  await choose('Pause', `docker pause ${name}`)
  await expect(head).toContainText('paused')
  expect(await stateOf(id)).toBe('paused')
  await choose('Unpause', `docker unpause ${name}`)
  await expect(head).toContainText(/running/)

  const startedAt = () => docker('inspect', '--format', '{{.State.StartedAt}}', id)
  const before = await startedAt()
  await choose('Restart', `docker restart ${name}`)
  await expect.poll(startedAt).not.toBe(before)

  // Kill asks, because the program gets no time to write what it has.
  await choose('Kill', `docker kill ${name}`)
  const asked = page.getByRole('dialog', { name: `Kill ${name}?` })
  await expect(asked.locator('[data-command]')).toHaveText(`docker kill ${name}`)
  await asked.getByRole('button', { name: 'Kill' }).click()
  await expect(head).toContainText(/killed, \d+ s ago/)
  expect(await docker('inspect', '--format', '{{.State.ExitCode}}', id)).toBe('137')

  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  const field = page.getByLabel('New name')
  await field.fill('not a name')
  await expect(page.getByRole('button', { name: 'Rename', exact: true })).toBeDisabled()
  await field.fill(`${name}-2`)
  await expect(page.getByRole('dialog').locator('[data-command]')).toHaveText(
    `docker rename ${name} ${name}-2`,
  )
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${name}-2` })).toBeVisible()
  expect(await docker('inspect', '--format', '{{.Name}}', id)).toBe(`/${name}-2`)

  // Remove says what is lost and what stays.
  await page.getByRole('button', { name: `More for ${name}-2` }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  const dialog = page.getByRole('dialog', { name: `Remove ${name}-2?` })
  await expect(dialog).toContainText('Lost for good')
  await expect(dialog).toContainText('files written inside it and its log')
  await expect(dialog).toContainText('1 volume without a name')
  await expect(dialog.locator('[data-command]')).toHaveText(`docker rm ${name}-2`)
  await dialog.getByRole('checkbox', { name: /Also remove 1 volume without a name/ }).check()
  await expect(dialog.locator('[data-command]')).toHaveText(`docker rm -v ${name}-2`)
  const volume = await docker('inspect', '--format', '{{(index .Mounts 0).Name}}', id)
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText(`There is no container ${id.slice(0, 12)}`)).toBeVisible()
  expect(await docker('volume', 'ls', '-q')).not.toContain(volume)
})

test('many containers: each action takes those it fits, and removal lists them all', async ({
  page,
  engine,
}) => {
  const { prefix } = engine
  const running = await engine.run('runs')
  await engine.run('also')
  const off = await engine.run('off', 'true')
  await page.goto(`/containers?q=${prefix}`)
  await expect(rowOf(page, `${prefix}-off`)).toContainText('completed')
  await page.getByRole('checkbox', { name: 'Select all shown' }).check()
  const bar = page.getByRole('toolbar', { name: 'Selected containers' })
  await expect(bar).toContainText('3 selected')
  await expect(bar.getByRole('button', { name: 'Stop' })).toContainText('2')
  await bar.getByRole('button', { name: 'More for the selected' }).click()
  await page.getByRole('menuitem', { name: /^Pause/ }).click()
  await expect(rowOf(page, `${prefix}-runs`)).toContainText('paused')
  expect(await stateOf(running)).toBe('paused')
  expect(await stateOf(off)).toBe('exited')
  await bar.getByRole('button', { name: 'More for the selected' }).click()
  await page.getByRole('menuitem', { name: /^Unpause/ }).click()
  await expect(rowOf(page, `${prefix}-runs`)).toContainText(/running/)

  await bar.getByRole('button', { name: 'Remove…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove 3 containers?' })
  await expect(dialog.getByRole('listitem').filter({ hasText: `${prefix}-runs` })).toContainText(
    'it is running: it is killed first',
  )
  await expect(dialog.locator('[data-command]')).toHaveText(
    `docker rm -f ${prefix}-also ${prefix}-off ${prefix}-runs`,
  )
  await dialog.getByRole('button', { name: 'Remove 3' }).click()
  await expect(page.getByText('No container matches')).toBeVisible()
  expect(await docker('ps', '-aq', '--filter', `name=${prefix}`)).toBe('')
})

test('what the Engine refuses is said with its reason, and nothing is lost', async ({ page, engine }) => {
  const { prefix } = engine
  await engine.run('holder', 'sleep 3600', ['-p', '127.0.0.1:0:80'])
  const port = (await docker('port', `${prefix}-holder`, '80')).split(':').at(-1) ?? ''
  const id = await docker(
    'create',
    '--name',
    `${prefix}-late`,
    '-p',
    `127.0.0.1:${port}:80`,
    'busybox',
    'sleep',
    '9',
  )
  await page.goto(`/containers/${id.slice(0, 12)}`)
  await page.getByRole('button', { name: `Start ${prefix}-late` }).click()
  await expect(page.getByText(`Could not start ${prefix}-late`)).toBeVisible()
  await expect(page.getByText(new RegExp(`port.*${port}|${port}.*port`, 'i')).first()).toBeVisible()
  await page.getByRole('button', { name: `More for ${prefix}-late` }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByLabel('New name').fill(`${prefix}-holder`)
  await expect(page.getByRole('dialog')).toContainText(/already|taken|has this name/i)
})

for (const theme of ['light', 'dark'] as const)
  test(`the list is accessible with a selection, a menu and a dialog, ${theme}`, async ({ page, engine }) => {
    const { prefix } = engine
    await engine.run('axe')
    await page.emulateMedia({ colorScheme: theme })
    await page.goto(`/containers?q=${prefix}`)
    const faults = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      return violations.map(({ id: rule, nodes }) => [rule, nodes[0]?.html])
    }
    await expect(rowOf(page, `${prefix}-axe`)).toContainText(/\d %/)
    expect(await faults()).toEqual([])
    await page.getByRole('checkbox', { name: `Select ${prefix}-axe` }).check()
    expect(await faults()).toEqual([])
    await page.getByRole('button', { name: 'Remove…' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await faults()).toEqual([])
  })
