import AxeBuilder from '@axe-core/playwright'
import { check, service, startProject } from './compose-project.ts'
import { docker, expect, test, type TestEngine } from './fixtures.ts'
import { freePort } from './server-process.ts'

/** A project with everything a person should tell apart at a glance. */
async function startShop({ prefix }: TestEngine): Promise<{ name: string; port: number }> {
  const port = await freePort()
  const services = {
    web: service('while :; do sleep 0.2; done', {
      ports: [`127.0.0.1:${port}:80`],
      healthcheck: check('true'),
      depends_on: { migrate: { condition: 'service_completed_successfully' } },
    }),
    api: service('sleep 3600', { healthcheck: check('echo canary-probe; exit 1') }),
    worker: service('sleep 3600', { deploy: { replicas: 2 } }),
    migrate: service('echo migrated'),
    mailer: service('echo canary-no-smtp >&2; sleep 0.3; exit 3', { restart: 'always' }),
  }
  await startProject(prefix, { services, volumes: { data: {} } })
  return { name: prefix, port }
}

test('a project says how each of its services is', async ({ page, engine }) => {
  const { name, port } = await startShop(engine)
  await page.goto(`/projects/${name}`)
  await expect(page).toHaveTitle(`${name} · Composure`)
  const table = page.getByRole('table', { name: `Services of ${name}` })
  const row = (service: string) => table.getByRole('row').filter({ hasText: service })

  await expect(row('web')).toContainText(/running \d+ s/)
  await expect(row('web').getByRole('cell', { name: 'healthy', exact: true })).toBeVisible()
  const link = row('web').getByRole('link', { name: `${port}→80` })
  await expect(link).toHaveAttribute('href', `http://localhost:${port}`)
  // CPU and memory arrive by themselves.
  await expect(row('web')).toContainText(/\d %/)
  await expect(row('web')).toContainText(/\d [kM]B/)

  await expect(row('api').getByRole('cell', { name: 'unhealthy', exact: true })).toBeVisible()
  await expect(row('migrate')).toContainText(/completed, \d+ s ago/)
  await expect(row('migrate')).toContainText('one shot')
  await expect(row('mailer')).toContainText(/restarting, exit 3 after \d/)
  await expect(row('mailer').getByRole('cell', { name: /^[1-9]\d*$/ })).toBeVisible()

  // What needs somebody comes first, with its evidence; what completed does not count.
  await expect(page.getByText('2 of 5 services need you')).toBeVisible()
  const needs = page.getByRole('list', { name: 'What needs you' })
  await expect(needs.getByText('mailer keeps failing')).toBeVisible()
  await expect(needs).toContainText(/It exits with 3 after .*: the program failed with a code of its own/)
  await expect(needs.getByText('canary-no-smtp').first()).toBeVisible()
  await expect(needs.getByText('api runs, but is unhealthy')).toBeVisible()
  await expect(needs.getByText('canary-probe', { exact: true })).toBeVisible()
  await needs.getByRole('link', { name: 'See the check' }).click()
  await expect(page).toHaveURL(/\/containers\/[0-9a-f]{12}\/health$/)
})

test('replicas are one row that opens, and their logs are one', async ({ page, engine }) => {
  await startProject(engine.prefix, {
    services: { worker: service('echo canary-worker; sleep 3600', { deploy: { replicas: 3 } }) },
  })
  await page.goto(`/projects/${engine.prefix}`)
  const group = page.getByRole('button', { name: /worker.*3 replicas/ })
  await expect(group).toHaveAttribute('aria-expanded', 'false')
  await group.press('Enter')
  for (const number of [1, 2, 3])
    await expect(page.getByRole('link', { name: `worker ${number}` })).toBeVisible()
  await docker('stop', '-t', '0', `${engine.prefix}-worker-2`)
  await expect(page.getByText('2 of 3 running')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'worker 2' })).toContainText(
    /(stopped|killed), \d+ s ago/,
  )
  await page.getByRole('link', { name: 'Logs of worker', exact: true }).click()
  await expect(page).toHaveURL(`/projects/${engine.prefix}/logs?service=worker`)
  await expect(page.getByText('canary-worker')).toHaveCount(3)
})

test('a project is stopped and started as a whole, and the Engine agrees', async ({ page, engine }) => {
  const { prefix } = engine
  await startProject(prefix, {
    services: {
      db: service('sleep 3600', { healthcheck: check('true') }),
      app: service('sleep 3600', { depends_on: { db: { condition: 'service_healthy' } } }),
    },
  })
  const running = () =>
    docker('ps', '--filter', `label=com.docker.compose.project=${prefix}`, '--format', '{{.Names}}')
  await page.goto(`/projects/${prefix}`)
  await page.getByRole('button', { name: `Stop ${prefix}`, exact: true }).click()
  await expect(page.getByRole('main').getByText('stopped', { exact: true })).toBeVisible()
  expect(await running()).toBe('')
  await page.getByRole('button', { name: `Start ${prefix}`, exact: true }).click()
  await expect(page.getByRole('main').getByText('all well')).toBeVisible()
  expect((await running()).split('\n').sort()).toEqual([`${prefix}-app-1`, `${prefix}-db-1`])
  // Whoever takes it down: the page follows, and says what is kept.
  await docker('compose', '-p', prefix, 'down', '-t', '0')
  await expect(page.getByText(`There is no project ${prefix} on this Engine`)).toBeVisible()
})

test('the start page has every project, and what runs outside of them', async ({ page, engine }) => {
  const { prefix } = engine
  await startProject(prefix, { services: { db: service('sleep 3600'), seed: service('true') } })
  await engine.run('alone')
  const failed = await engine.run('broken', 'echo canary-boom >&2; exit 1')
  await page.goto('/')
  const project = page.getByRole('region', { name: prefix, exact: true })
  await expect(project).toContainText('all well')
  await expect(project.getByRole('link', { name: /^db/ })).toHaveAttribute(
    'href',
    /\/containers\/[0-9a-f]{12}/,
  )
  await expect(page.getByRole('region', { name: 'Outside projects' })).toContainText(`${prefix}-alone`)
  const sidebar = page.getByRole('navigation', { name: 'Main' })
  await expect(sidebar.getByRole('link', { name: prefix })).toBeVisible()

  // Others may have failing containers on this Engine too: then ours is behind the button.
  const item = page.getByRole('listitem').filter({ hasText: `${prefix}-broken failed` })
  const more = page.getByRole('button', { name: /^Show \d+ more$/ })
  await expect(async () => {
    if (await more.isVisible()) await more.click()
    await expect(item).toBeVisible({ timeout: 1000 })
  }).toPass()
  await expect(item).toContainText(/It exited with 1 after .*: the program failed/)
  await docker('rm', failed)
  await expect(item).toHaveCount(0)

  await project.getByRole('link', { name: prefix, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: prefix })).toBeVisible()
})

test('a failing loop stays in its place while it tries again', async ({ page, engine }) => {
  await startProject(engine.prefix, {
    services: { mailer: service('sleep 0.5; exit 1', { restart: 'always' }) },
  })
  await page.goto(`/projects/${engine.prefix}`)
  const row = page.getByRole('row').filter({ hasText: 'mailer' })
  const item = page.getByText('mailer keeps failing')
  await expect(item).toBeVisible()
  const needs = page.getByRole('main').getByText('its service needs you')
  await expect(row).toContainText(/trying again \d/)
  await expect(item).toBeVisible()
  await expect(needs).toBeVisible()
})

test('a hostile project is text, and its links lead somewhere', async ({ page, engine }) => {
  const name = `${engine.prefix} <b>ä %41`
  const labels = { project: name, service: '<img src=x onerror=alert(1)>', 'config-hash': 'x' }
  await engine.run(
    'odd',
    'echo canary-odd; sleep 3600',
    Object.entries(labels).flatMap(([label, value]) => ['--label', `com.docker.compose.${label}=${value}`]),
  )
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: engine.prefix }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('link', { name: '<img src=x onerror=alert(1)>' })).toBeVisible()
  await expect(page.locator('footer [data-command]')).toHaveText(`docker compose -p '${name}' ps -a`)
  await page.getByRole('link', { name: 'Logs', exact: true }).click()
  await expect(page.getByText('canary-odd')).toBeVisible()
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await page.getByRole('button', { name: 'Stop', exact: false }).first().click()
  await expect(page.getByRole('main')).toContainText('stopped')
  expect(await page.locator('main img').count()).toBe(0)
})

for (const theme of ['light', 'dark'] as const)
  test(`the start page and a project are accessible, ${theme}`, async ({ page, engine }) => {
    const { name } = await startShop(engine)
    await page.emulateMedia({ colorScheme: theme })
    for (const path of ['/', `/projects/${name}`]) {
      await page.goto(path)
      await expect(page.getByText('mailer keeps failing').first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id: rule, nodes }) => [rule, nodes[0]?.html])).toEqual([])
    }
  })
