import { join } from 'node:path'
import { chromium, type FullConfig } from '@playwright/test'
import { password, startServer } from './server-process.ts'

/** Starts one server for all specs and signs in once through the real page; both halves of the session are handed to every test. */
// oxlint-disable-next-line import/no-default-export -- Playwright wants one.
export default async function globalSetup(config: FullConfig): Promise<() => Promise<void>> {
  const server = await startServer()
  const stateFile = join(server.dataDir, 'signed-in.json')
  try {
    const browser = await chromium.launch(config.projects[0]?.use.launchOptions)
    const page = await browser.newPage({ baseURL: server.url })
    await page.goto('/')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${server.url}/`)
    await page.context().storageState({ path: stateFile })
    await browser.close()
  } catch (error) {
    await server.stop()
    throw error
  }
  process.env.COMPOSURE_E2E_URL = server.url
  process.env.COMPOSURE_E2E_STATE = stateFile
  process.env.COMPOSURE_E2E_PID = String(server.process.pid)
  return async () => {
    const status = await server.stop()
    if (status !== 0) throw new Error(`Composure ended with status ${status}:\n${server.output()}`)
  }
}
