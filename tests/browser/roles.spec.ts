import type { Page } from '@playwright/test'
import { comeAs } from './come-in.ts'
import { docker, expect, test, visitor } from './fixtures.ts'
import { readPolicies, type RoutePolicy } from './policies.ts'
import { type Presser, sweep } from './role-sweep.ts'
import { type ServerProcess, startServer } from './server-process.ts'

let server: ServerProcess
let policies: RoutePolicy[]

test.beforeAll(async () => {
  policies = await readPolicies()
  server = await startServer()
})
test.afterAll(async () => {
  await server.stop()
})
test.use({ storageState: visitor })

interface Stage {
  project: string
  id: string
  name: string
}

const label = (name: string, value: string) => ['--label', `com.docker.compose.${name}=${value}`]

/** A project of one service with a network and a volume, and a container that stands outside. */
async function setStage(
  prefix: string,
  run: (name: string, script: string, options: string[]) => Promise<string>,
): Promise<Stage> {
  const [project, name] = [prefix, `${prefix}-data`]
  await docker('network', 'create', ...label('project', project), name)
  await docker('volume', 'create', ...label('project', project), name)
  const options = [
    ...label('project', project),
    ...label('service', 'web'),
    ...label('container-number', '1'),
    ...label('config-hash', 'x'),
    ...label('oneoff', 'False'),
    '--network',
    name,
    '-v',
    `${name}:/data`,
    '-e',
    'API_TOKEN=s3cret',
  ]
  const id = await run('web-1', 'echo hello; sleep 3600', options)
  await run('outside', 'exit 3', [])
  return { project, id: id.slice(0, 12), name }
}

async function addressesOf({ project, id, name }: Stage): Promise<string[]> {
  const image = (await docker('image', 'inspect', '-f', '{{.Id}}', 'busybox')).slice(7, 19)
  const network = (await docker('network', 'inspect', '-f', '{{.Id}}', name)).slice(0, 12)
  const tabs = [
    '',
    '/logs',
    '/shell',
    '/files',
    '/stats',
    '/environment',
    '/labels',
    '/networks',
    '/processes',
  ]
  const settings = ['', '/tokens', '/history', '/users', '/registries', '/audit']
  const paths = [
    '/',
    '/containers',
    `/containers/new`,
    ...tabs.map((tab) => `/containers/${id}${tab}`),
    `/projects/${project}`,
    `/projects/${project}/logs`,
    `/projects/${project}/compose`,
    `/projects/${project}/activity`,
    '/images',
    `/images/${image}`,
    '/networks',
    `/networks/${network}`,
    '/volumes',
    `/volumes/${name}`,
    `/volumes/${name}/files`,
    '/cleanup',
    '/activity',
    ...settings.map((part) => `/settings${part}`),
  ]
  return paths.map((path) => server.url + path)
}

const pressers: Presser[] = [{ role: 'viewer', isLimited: false }]

for (const who of pressers) {
  const words = `${who.role}${who.isLimited ? ' of one project' : ''}`
  test(`nothing that a ${words} can press is refused`, async ({ page, context, engine }) => {
    test.setTimeout(400_000)
    const stage = await setStage(engine.prefix, engine.run)
    await comeAs(server, context, who.role, who.isLimited ? [stage.project] : null)
    const found = await sweep(page, await addressesOf(stage), who, policies)
    expect(found.refused).toEqual([])
    // It was no walk past closed doors: an operator reached what changes things, a viewer what is theirs.
    expect(found.pressed.length).toBeGreaterThan(60)
    const expected =
      who.role === 'operator'
        ? ['POST /api/containers/', 'DELETE /api/containers/', 'POST /api/projects/', 'POST /api/tokens']
        : ['POST /api/tokens']
    for (const one of expected)
      expect(
        [...found.asked].some((asked) => asked.startsWith(one)),
        one,
      ).toBe(true)
  })
}

async function reasonOf(page: Page, name: string): Promise<string> {
  const button = page.getByRole('button', { name }).first()
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await button.focus()
  return page.getByRole('tooltip').innerText()
}

test('what is greyed says why', async ({ page, context }) => {
  await comeAs(server, context, 'viewer')
  await page.goto(`${server.url}/containers`)
  expect(await reasonOf(page, 'Run a container')).toBe('Needs the role operator; you are viewer.')
  await page.goto(`${server.url}/settings/users`)
  await expect(page.getByRole('heading', { name: 'Users are for admins' })).toBeVisible()
  await expect(page.getByText('Needs the role admin; you are viewer.')).toBeVisible()
})

test('somebody limited to a project reads what lies beyond it', async ({ page, context, engine }) => {
  const stage = await setStage(engine.prefix, engine.run)
  await comeAs(server, context, 'operator', [stage.project])
  await page.goto(`${server.url}/cleanup`)
  await expect(page.getByText('Concerns more than the projects you may see.')).toBeVisible()
  await page.goto(`${server.url}/containers`)
  await expect(page.getByRole('link', { name: `${stage.project}-web-1`, exact: true })).toBeVisible()
  await expect(page.getByText(`${stage.project}-outside`)).toBeHidden()
  expect(await reasonOf(page, 'Run a container')).toBe('Concerns more than the projects you may see.')
})
