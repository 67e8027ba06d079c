import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { makeStack } from '../fixtures/compose-stack.ts'
import { comeAs } from './come-in.ts'
import { expect, test, visitor } from './fixtures.ts'
import { startServer } from './server-process.ts'

test.use({ storageState: visitor })

interface Running {
  group: string
  words: string
}

/** What runs on this machine, each with its process group. A zombie has no arguments any more. */
function processes(): Running[] {
  return execFileSync('ps', ['-eo', 'pgid,args'], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([group = '', ...words]) => ({ group, words: words.join(' ') }))
}

test('Composure killed in the middle of an up shows the job as interrupted with what it printed, leaves nothing running, and up goes again', async ({
  page,
  context,
}) => {
  const marker = randomBytes(4).toString('hex')
  const made = makeStack({
    'compose.yaml':
      'services:\n  db: { image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s }\n  web: { build: ., command: [sleep, "600"], init: true, stop_grace_period: 0s }\n',
    Dockerfile: `FROM busybox:latest\nRUN echo half of ${marker}; sleep 300\n`,
  })
  const first = await startServer()
  let second: typeof first | null = null
  try {
    made.compose('up', '-d', 'db')
    await comeAs(first, context, 'operator')
    await page.goto(`${first.url}/projects/${made.project}`)
    const up = page.getByRole('button', { name: `Up ${made.project}`, exact: true })
    await up.click()
    await page.getByRole('dialog').getByLabel('Build images first').check()
    await page.getByRole('dialog').getByRole('button', { name: 'Up', exact: true }).click()
    const dock = page.getByRole('region', { name: 'Jobs' })
    await dock.getByRole('link', { name: `Up ${made.project}` }).click()
    await expect(page.getByRole('heading', { level: 1, name: `Up ${made.project}` })).toBeVisible()
    await page.getByRole('button', { name: /^Output/ }).click()
    const printed = page.getByText(`half of ${marker}`, { exact: true })
    await expect(printed).toBeVisible({ timeout: 30_000 })
    const groups = new Set(
      processes().flatMap(({ group, words }) =>
        words.includes('docker-compose') && words.includes(made.project) ? [group] : [],
      ),
    )
    expect(groups.size).toBeGreaterThan(0)

    const exited = once(first.process, 'exit')
    first.process.kill('SIGKILL')
    await exited
    second = await startServer({ PORT: String(first.port), COMPOSURE_DATA_DIR: first.dataDir })
    await page.reload()
    await expect(page.getByText('interrupted: Composure ended while it ran')).toBeVisible()
    await expect(page.getByRole('img', { name: 'running' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^Cancel/ })).toHaveCount(0)
    await expect(page.getByText('not finished').first()).toBeVisible()
    await page.getByRole('button', { name: /^Output/ }).click()
    await expect(printed).toBeVisible()
    await expect.poll(() => processes().filter(({ group }) => groups.has(group))).toEqual([])

    made.write('Dockerfile', 'FROM busybox:latest\n')
    await page.goto(`${first.url}/projects/${made.project}`)
    await up.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Up', exact: true }).click()
    await expect(dock.getByText(/^done in .*1 image built, 1 container created/)).toBeVisible({
      timeout: 30_000,
    })
  } finally {
    await page.goto('about:blank')
    await second?.stop()
    await first.stop()
    made.remove()
  }
})
