import { chromium, type Page } from '@playwright/test'
import { addPerson } from '../engine/front-client.ts'
import { startServer } from '../browser/server-process.ts'

/**
 * Adds the folder as a project in a Composure beside the stack, presses Up with a build of every image there, and waits until all of it
 * is healthy. Answers what the job said at its end. The images' layers come from the Engine's cache where it has built them before.
 */
export async function upThroughPage(folder: string, project: string): Promise<string> {
  const server = await startServer()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const { cookie, secret } = addPerson(server, 'admin')
    const [name = '', value = ''] = cookie.split('=')
    const context = await browser.newContext({ baseURL: server.url })
    await context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Strict' }])
    await context.addInitScript((word) => localStorage.setItem('composure.secret', word), secret)
    const page = await context.newPage()
    await addProject(page, folder, project)
    await page.getByRole('button', { name: `Up ${project}`, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Build images first').check()
    await dialog.getByLabel('Wait until it is healthy').check()
    const plan = dialog.getByRole('list', { name: 'What would happen' })
    for (const text of ['the image of app', 'the image of dashboard'])
      await plan.getByText(text).first().waitFor()
    await dialog.getByRole('button', { name: 'Up', exact: true }).click()
    const end = page.getByRole('region', { name: 'Jobs' }).getByText(/^(?:done in|failed after) /)
    await end.waitFor({ timeout: 600_000 })
    return await end.innerText()
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function addProject(page: Page, folder: string, project: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Add a project…' }).click()
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await page.getByRole('button', { name: 'Look' }).click()
  await page.getByText('Compose finds app, dashboard, db.').waitFor()
  await page.getByLabel('Project name').fill(project)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
}
