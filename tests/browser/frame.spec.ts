import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { containerTabs } from '../../lib/api/paths.ts'
import { docker, expect, test } from './fixtures.ts'

/** Opens the palette as people do, once the page listens. */
async function openPalette(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: 'Engine' })).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Go to anything' })).toBeFocused({ timeout: 1000 })
  }).toPass()
}

test('the palette goes to anything and acts on the container in front', async ({ page, engine }) => {
  const name = `${engine.prefix}-goal`
  const id = await engine.run('goal')
  await page.goto('/')
  await openPalette(page)
  await page.keyboard.type(`${name} shell`)
  await expect(page.getByRole('option').first()).toContainText(`${name} shell`)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await openPalette(page)
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/containers/${id.slice(0, 12)}`)
  await openPalette(page)
  await page.keyboard.type(`pause ${name}`)
  await expect(page.getByRole('option').first()).toContainText('docker pause')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').locator('header')).toContainText('paused')
  expect(await docker('inspect', '--format', '{{.State.Status}}', id)).toBe('paused')
  await openPalette(page)
  await page.keyboard.type('nothing is called this at all')
  await expect(page.getByText('Nothing here is called')).toBeVisible()
})

test('what is typed before the palette has come is in it, and an action goes with a name', async ({
  page,
  engine,
}) => {
  const name = `${engine.prefix}-far`
  const id = await engine.run('far')
  await page.goto('/images')
  // The help has a part of its own to load: once it opens, the page listens, and the palette is not here yet.
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`pause ${name}`)
  await expect(page.getByRole('combobox', { name: 'Go to anything' })).toHaveValue(`pause ${name}`)
  await expect(page.getByRole('option').first()).toContainText(`Pause ${name}`)
  await page.keyboard.press('Enter')
  await expect.poll(() => docker('inspect', '--format', '{{.State.Status}}', id)).toBe('paused')
})

test('the keyboard help opens with ? and closes with Escape', async ({ page }) => {
  await page.goto('/images')
  await expect(page.getByRole('heading', { level: 1, name: 'Images' })).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible({ timeout: 1000 })
  }).toPass()
  await expect(page.getByText('Go to anything, do anything')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a chosen theme is there with the first paint, whatever the system says', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await ground()
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(ground).not.toBe(light)
  const dark = await ground()
  const response = await page.reload()
  expect(await response?.text()).toContain('data-theme="dark"')
  expect(await ground()).toBe(dark)
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitemradio', { name: 'As the system' }).click()
  await expect.poll(ground).toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(ground).toBe(dark)
})

test('every page is a command, and a click copies it to the letter', async ({ page, context, engine }) => {
  test.setTimeout(120_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { prefix } = engine
  await docker('network', 'create', `${prefix}-net`)
  await docker('volume', 'create', `${prefix}-data`)
  const id = (await engine.run('mirror', 'sleep 3600', ['--network', `${prefix}-net`])).slice(0, 12)
  const net = (await docker('network', 'inspect', '--format', '{{.Id}}', `${prefix}-net`)).slice(0, 12)
  const image = await docker('image', 'inspect', '--format', '{{.Id}}', 'busybox:latest')
  const container = `${prefix}-mirror`
  const expected: [string, string | RegExp][] = [
    ['/', 'docker compose ls -a'],
    ['/containers', 'docker ps -a'],
    ['/containers?state=running', 'docker ps -a --filter status=running'],
    [`/containers/${id}`, `docker ps -a --filter 'name=^${container}$'`],
    [`/containers/${id}/logs`, new RegExp(`^docker logs -f .*${container}$`)],
    [`/containers/${id}/shell`, `docker exec -it ${container} ash`],
    [`/containers/${id}/stats`, `docker stats ${container}`],
    [`/containers/${id}/environment`, `docker inspect --format '{{json .Config.Env}}' ${container}`],
    [`/containers/${id}/mounts`, `docker inspect --format '{{json .Mounts}}' ${container}`],
    [
      `/containers/${id}/networks`,
      `docker inspect --format '{{json .NetworkSettings.Networks}}' ${container}`,
    ],
    [`/containers/${id}/labels`, `docker inspect --format '{{json .Config.Labels}}' ${container}`],
    [`/containers/${id}/health`, `docker inspect --format '{{json .State.Health}}' ${container}`],
    [`/containers/${id}/processes`, `docker top ${container}`],
    [`/containers/${id}/inspect`, `docker inspect ${container}`],
    ['/images', 'docker images'],
    [`/images/${image.slice(7, 19)}`, /^docker history --no-trunc busybox:/],
    ['/networks', 'docker network ls'],
    [`/networks/${net}`, `docker network inspect ${prefix}-net`],
    ['/volumes', 'docker volume ls'],
    [`/volumes/${prefix}-data`, `docker volume inspect ${prefix}-data`],
  ]
  for (const [path, line] of expected) {
    await page.goto(path)
    const foot = page.locator('footer [data-command]').last()
    await expect(foot).toHaveText(line)
    const shown = await foot.innerText()
    await page.getByRole('button', { name: /^Copy the command of this page/ }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
  }
  await expect(page.getByText('copied', { exact: true })).toBeVisible()
  // They are not only well-formed: docker takes them.
  expect(await docker('ps', '-a', '--filter', `name=^${container}$`, '--format', '{{.Names}}')).toBe(
    container,
  )
})

test('wrong addresses are answered in words, and a name leads to its container', async ({ page, engine }) => {
  const id = await engine.run('named')
  const missing = await page.goto('/no/such/page')
  expect(missing?.status()).toBe(404)
  await expect(page.getByText('There is no page at this address')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'All containers' }).click()
  await expect(page).toHaveURL('/containers')

  await page.goto(`/containers/${engine.prefix}-named`)
  await expect(page).toHaveURL(`/containers/${id.slice(0, 12)}`)
  await expect(page).toHaveTitle(`${engine.prefix}-named · Composure`)
  await page.getByRole('link', { name: 'Mounts', exact: true }).click()
  await expect(page).toHaveTitle(`${engine.prefix}-named mounts · Composure`)

  await page.goto('/containers/nobody-is-called-this')
  await expect(page.getByText('There is no container nobody-is-called-this')).toBeVisible()
  await page.goto('/containers/0123456789ab/logs')
  await expect(page.getByText('There is no container 0123456789ab')).toBeVisible()
  for (const [path, words] of [
    ['/networks/0123456789ab', 'This network is not here'],
    ['/volumes/nothing', 'This volume is not here'],
    ['/images/0123456789ab', 'This image is not here'],
    ['/projects/nothing', 'There is no project nothing on this Engine'],
    ['/projects/a%2Fb', 'The address is malformed.'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByText(words)).toBeVisible()
  }
  const api = await page.request.get('/api/nothing')
  expect(api.status()).toBe(404)
  expect(((await api.json()) as { error: { code: string } }).error.code).toBe('not_found')
})

/** What makes the page, or a part of it that should not, scroll sideways: tags with the beginning of their text. */
const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isScroller = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX)
    const bodies = [...document.querySelectorAll('main > *')].filter((element) => element.tagName !== 'NAV')
    const wide = bodies.filter(
      (element) => isScroller(element) && element.scrollWidth > element.clientWidth + 1,
    )
    if (document.documentElement.scrollWidth > innerWidth) wide.push(document.documentElement)
    return wide.flatMap((body) => {
      const culprits = [...body.querySelectorAll('*')].filter(
        (element) =>
          element.childElementCount === 0 && element.getBoundingClientRect().right > innerWidth + 1,
      )
      return [
        `${body.tagName} ${body.scrollWidth} px`,
        ...culprits.slice(0, 3).map((each) => each.outerHTML.slice(0, 200)),
      ]
    })
  })

test('at 360 px no page scrolls sideways, and everything is reached', async ({ page, engine }) => {
  test.setTimeout(120_000)
  const long = 'x'.repeat(80)
  await page.setViewportSize({ width: 360, height: 740 })
  await docker('network', 'create', `${engine.prefix}-net-${long}`)
  await docker('volume', 'create', `${engine.prefix}-data-${long}`)
  const labels = {
    [long]: long + long,
    'com.docker.compose.project': `${engine.prefix}-${long}`,
    'com.docker.compose.service': `web-${long}`,
    'com.docker.compose.config-hash': 'x',
  }
  const options = [
    `--network=${engine.prefix}-net-${long}`,
    `--volume=${engine.prefix}-data-${long}:/${long}`,
    `--env=${long}=${long}${long}`,
    ...Object.entries(labels).map(([name, value]) => `--label=${name}=${value}`),
    ...[80, 81, 82].map((port) => `--publish=127.0.0.1:0:${port}`),
  ]
  const script = `echo ${long}${long}; sleep 3600`
  const id = (await engine.run(`narrow-${long}`, script, options)).slice(0, 12)
  const net = (await docker('network', 'ls', '-q', '--filter', `name=${engine.prefix}-net`)).slice(0, 12)
  const image = await docker('image', 'inspect', '--format', '{{.Id}}', 'busybox:latest')
  for (const path of [
    '/',
    '/containers',
    '/images',
    '/networks',
    '/volumes',
    '/no/such/page',
    `/projects/${engine.prefix}-${long}`,
    `/projects/${engine.prefix}-${long}/logs`,
    `/networks/${net}`,
    `/volumes/${engine.prefix}-data-${long}`,
    `/images/${image.slice(7, 19)}`,
    `/containers/${id}`,
    ...containerTabs.map((tab) => `/containers/${id}/${tab}`),
  ]) {
    await page.goto(path)
    await expect(page.getByRole('button', { name: 'Open the menu' })).toBeVisible()
    await expect(page.getByRole('status', { name: /^(Reading|Asking)/ })).toHaveCount(0)
    expect([path, await sideways(page)]).toEqual([path, []])
  }

  // The menu leads everywhere, the container's own menu has what the row has no room for.
  await page.goto(`/containers?q=${engine.prefix}`)
  await expect(page.getByRole('row').filter({ hasText: engine.prefix })).toContainText(/running/)
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('link', { name: /^Volumes/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Volumes' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Close the menu' })).toHaveCount(0)
  await page.goto(`/containers?q=${engine.prefix}`)
  const menu = page.getByRole('button', { name: /^More for/ })
  await menu.click()
  for (const item of ['Stop', 'Restart', 'Logs', 'Shell', 'Inspect', 'Rename…', 'Remove…'])
    await expect(page.getByRole('menuitem', { name: new RegExp(`^${item}`) })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Shell' }).click()
  await expect(page).toHaveURL(`/containers/${id}/shell`)
})
