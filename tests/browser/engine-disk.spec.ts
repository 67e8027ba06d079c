import { canRunPrivateEngine, PrivateEngine } from '../faults/private-engine.ts'
import { emptyDisk, fillDisk } from '../faults/disk.ts'
import { startFilteringProxy } from '../fixtures/filtering-proxy.ts'
import { comeAs } from './come-in.ts'
import { expect, test, visitor } from './fixtures.ts'
import { startServer } from './server-process.ts'

test.use({ storageState: visitor })

test('an Engine whose disk is full is named as the reason, with what to do, and a start works when there is room', async ({
  page,
  context,
}) => {
  test.skip(!canRunPrivateEngine, 'needs root and /usr/sbin/dockerd')
  test.setTimeout(120_000)
  const engine = new PrivateEngine({ dataMegabytes: 60 })
  await engine.start()
  engine.load('busybox:latest')
  const id = engine.docker('create', '--network', 'none', '--name', 'full', 'busybox:latest', 'sleep', '600')
  const server = await startServer({ DOCKER_HOST: `unix://${engine.socket}` })
  try {
    await comeAs(server, context, 'admin')
    await page.goto(`${server.url}/containers/${id.slice(0, 12)}`)
    const start = page.getByRole('button', { name: 'Start full' })
    await expect(start).toBeEnabled()
    fillDisk(engine.dataRoot)
    await start.click()
    await expect(page.getByText('Docker has no space left.')).toBeVisible()
    await expect(page.getByText(/Make room under Clean up \(docker system df/)).toBeVisible()
    await expect(page.getByText(/no space left on device/)).toBeVisible()
    emptyDisk(engine.dataRoot)
    await start.click()
    await expect(
      page
        .getByRole('main')
        .getByText(/^running/i)
        .first(),
    ).toBeVisible()
  } finally {
    emptyDisk(engine.dataRoot)
    await server.stop()
    await engine.remove()
  }
})

test('an Engine that says yes and does nothing is not believed', async ({ page, context, engine }) => {
  const name = `${engine.prefix}-kept`
  const id = await engine.run('kept')
  const isStop = ({ method, url = '' }: { method?: string; url?: string }): boolean =>
    method === 'POST' && /\/stop(\?|$)/.test(url)
  const all = [
    'PING',
    'EVENTS',
    'CONTAINERS',
    'IMAGES',
    'NETWORKS',
    'VOLUMES',
    'INFO',
    'VERSION',
    'SYSTEM',
    'POST',
  ]
  const proxy = await startFilteringProxy(all, undefined, isStop)
  const server = await startServer({ DOCKER_HOST: proxy.address })
  try {
    await comeAs(server, context, 'admin')
    await page.goto(`${server.url}/containers/${id.slice(0, 12)}`)
    await page.getByRole('button', { name: `Stop ${name}` }).click()
    await expect(page.getByText(`Docker said yes, but ${name} is still running.`)).toBeVisible()
    await expect(page.getByText(/a full disk does this/)).toBeVisible()
  } finally {
    await server.stop()
    await proxy.stop()
  }
})
