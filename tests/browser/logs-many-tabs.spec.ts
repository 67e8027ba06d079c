import type { Page } from '@playwright/test'
import { docker, expect, test } from './fixtures.ts'

const tabCount = 30
const list = (page: Page) => page.locator('[data-log-list]')

test(`${tabCount} tabs follow a container each, over one connection, and plain requests still answer`, async ({
  page,
  context,
  engine,
}) => {
  // Thirty pages start on two cores: this is about whether, not about how fast.
  test.setTimeout(600_000)
  const patience = { timeout: 90_000 }
  const ids = await Promise.all(
    Array.from({ length: tabCount }, (_, i) =>
      engine.run(
        `tab-${i}`,
        `echo "here is ${i}"; while [ ! -e /go ]; do sleep 0.2; done; echo "gone on ${i}"; sleep 600`,
      ),
    ),
  )
  const tabs: Page[] = []
  for (const [i, id] of ids.entries()) {
    const tab = i === 0 ? page : await context.newPage()
    await tab.goto(`/containers/${id.slice(0, 12)}/logs`)
    await expect(list(tab)).toContainText(`here is ${i}`, patience)
    tabs.push(tab)
  }
  // Every one is live ...
  await Promise.all(ids.map((id) => docker('exec', id, 'touch', '/go')))
  for (const [i, tab] of tabs.entries()) await expect(list(tab)).toContainText(`gone on ${i}`, patience)
  // ... a plain request has a connection left ...
  for (const tab of [tabs[0], tabs.at(-1)]) {
    const status = await tab?.evaluate(async () => (await fetch('/api/health')).status)
    expect(status).toBe(200)
  }
  // ... and after all were cut off at once, all are live again.
  await context.setOffline(true)
  await context.setOffline(false)
  await Promise.all(ids.map((id, i) => docker('exec', id, 'sh', '-c', `echo "back on ${i}" > /proc/1/fd/1`)))
  for (const [i, tab] of tabs.entries()) await expect(list(tab)).toContainText(`back on ${i}`, patience)
})

test(`${tabCount} tabs that are opened at once are all live, and share a connection`, async ({
  page,
  context,
  engine,
}) => {
  test.setTimeout(600_000)
  const patience = { timeout: 120_000 }
  const id = await engine.run(
    'shared',
    'echo here; while [ ! -e /go ]; do sleep 0.2; done; echo gone on; sleep 600',
  )
  const ownStreams: string[] = []
  // Requests of a SharedWorker belong to no page: what is seen here was asked by a tab itself.
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/live') ownStreams.push(request.url())
  })
  const others = await Promise.all(Array.from({ length: tabCount - 1 }, () => context.newPage()))
  const tabs = [page, ...others]
  await Promise.all(tabs.map((tab) => tab.goto(`/containers/${id.slice(0, 12)}/logs`, patience)))
  for (const tab of tabs) await expect(list(tab)).toContainText('here', patience)
  await docker('exec', id, 'touch', '/go')
  for (const tab of tabs) await expect(list(tab)).toContainText('gone on', patience)
  expect(ownStreams).toEqual([])
})
