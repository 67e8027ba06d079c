import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { addPerson, send } from '../engine/front-client.ts'
import { layerOf, startRegistry } from '../fixtures/registry.ts'
import { comeAs } from './come-in.ts'
import { docker, expect, test, visitor } from './fixtures.ts'
import { isDrawn } from './role-sweep.ts'
import { password, type ServerProcess, startServer } from './server-process.ts'

// A server of its own: users, tokens and passwords of the others stay as they are.
let server: ServerProcess

test.beforeAll(async () => {
  server = await startServer({ COMPOSURE_HISTORY: 'on' })
})
test.afterAll(async () => {
  await server.stop()
})
test.use({ storageState: visitor })
test.setTimeout(120_000)

async function signIn(page: Page, name = 'admin', word = password): Promise<void> {
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('Name').fill(name)
  const field = page.getByLabel('Password', { exact: true })
  await field.fill(word)
  // A page that is not awake yet sends no form.
  await expect(async () => {
    await field.press('Enter', { timeout: 1_000 }).catch(() => undefined)
    await expect(page).toHaveURL(`${server.url}/`, { timeout: 5_000 })
  }).toPass()
}

/** Presses a control by the keyboard alone. */
async function pressKey(control: Locator, key = 'Enter'): Promise<void> {
  await control.focus()
  await control.press(key)
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

test('a user is made, comes with the code, is changed, disabled and deleted, by keyboard', async ({
  page,
  browser,
}) => {
  await signIn(page)
  await page.goto(`${server.url}/settings/users`)
  await pressKey(page.getByRole('button', { name: 'New user' }))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type('mia')
  await page.keyboard.press('Tab')
  await page.keyboard.press('o')
  await expect(page.getByLabel('Role')).toHaveValue('operator')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  const code = await page.locator('[data-secret]').innerText()
  await pressKey(page.getByRole('button', { name: 'I have it' }))
  await expect(row(page, 'mia')).toContainText('no password yet')

  const hers = await browser.newPage()
  await hers.goto(`${server.url}/sign-in`)
  // With more than one user nobody's name stands there.
  await expect(hers.getByLabel('Name')).toHaveValue('')
  await expect(hers.getByLabel('Name')).toBeFocused()
  await pressKey(hers.getByRole('button', { name: 'I have a one-time code' }))
  for (const text of ['mia', code]) {
    await hers.keyboard.type(text)
    await hers.keyboard.press('Tab')
  }
  await hers.keyboard.type('a long enough one')
  await hers.keyboard.press('Enter')
  await hers.waitForURL(`${server.url}/`)
  await hers.goto(`${server.url}/settings`)
  await expect(hers.getByText(/^operator/)).toBeVisible()

  await page.reload()
  await expect(row(page, 'mia')).not.toContainText('no password yet')
  await pressKey(page.getByRole('button', { name: 'Actions for mia' }))
  await pressKey(page.getByRole('menuitem', { name: 'Change…' }))
  await page.getByLabel('Role').selectOption('viewer')
  await pressKey(page.getByRole('button', { name: 'Change', exact: true }))
  await expect(row(page, 'mia')).toContainText('viewer')
  // The change ends what she has open.
  await expect(hers).toHaveURL(/\/sign-in/)
  await hers.close()

  for (const [item, button] of [
    ['Disable…', 'Disable'],
    ['Delete…', 'Delete'],
  ] as const) {
    await pressKey(page.getByRole('button', { name: 'Actions for mia' }))
    await pressKey(page.getByRole('menuitem', { name: item }))
    await pressKey(page.getByRole('button', { name: button, exact: true }))
    if (item === 'Disable…') await expect(row(page, 'mia')).toContainText('disabled')
  }
  await expect(row(page, 'mia')).toHaveCount(0)
})

test('a token is made, works, and is revoked, by keyboard', async ({ page, context }) => {
  await comeAs(server, context, 'admin')
  await page.goto(`${server.url}/settings/tokens`)
  await expect(page.getByText('No API tokens')).toBeVisible()
  await pressKey(page.getByRole('button', { name: 'New token' }))
  await page.keyboard.type('nightly')
  await page.keyboard.press('Enter')
  const token = await page.locator('[data-secret]').innerText()
  await pressKey(page.getByRole('button', { name: 'I have it' }))
  await expect(row(page, 'nightly')).toContainText('never used')
  const call = () => send(server, { token }, 'GET', '/api/containers')
  expect((await call()).status).toBe(200)
  await page.reload()
  await expect(row(page, 'nightly')).toContainText('127.0.0.1')
  await pressKey(page.getByRole('button', { name: 'Revoke nightly' }))
  await pressKey(page.getByRole('button', { name: 'Revoke', exact: true }))
  await expect(row(page, 'nightly')).toHaveCount(0)
  expect((await call()).status).toBe(401)
})

test('another session of mine is ended, and my password changed, by keyboard', async ({ page, browser }) => {
  const ann = addPerson(server, 'viewer')
  await signIn(page)
  const other = await browser.newPage()
  await signIn(other)
  await page.goto(`${server.url}/settings`)
  await expect(row(page, 'this one')).toHaveCount(1)
  // Those of the tests before are here too; the newest other one is that of the other page.
  await pressKey(page.getByRole('button', { name: 'End the session at 127.0.0.1' }).first())
  await expect(other).toHaveURL(/\/sign-in/)
  await other.close()

  await page.getByLabel('Your password now').focus()
  await page.keyboard.type('not it')
  await page.getByLabel('The new one').focus()
  await page.keyboard.type('a new long password')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Your password now')).toHaveAccessibleDescription(/This is not your password/)
  await page.getByLabel('Your password now').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'End the session at 127.0.0.1' })).toHaveCount(0)
  await expect(row(page, 'this one')).toHaveCount(1)
  // Back to the one the other tests know.
  await page.getByLabel('Your password now').fill('a new long password')
  await page.getByLabel('The new one').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('The new one')).toHaveValue('')
  expect((await send(server, ann, 'GET', '/api/session')).status).toBe(200)
})

test('the audit is filtered, and saved as it is shown', async ({ page }) => {
  const wanted = { name: 'audited', role: 'viewer', projects: null, lifetimeDays: 1 }
  const by = addPerson(server, 'admin')
  expect((await send(server, by, 'POST', '/api/tokens', wanted)).status).toBe(201)
  await signIn(page)
  await page.goto(`${server.url}/settings/audit`)
  await page.getByLabel('Action').focus()
  await page.keyboard.type('token.create')
  await expect(page.getByRole('row').filter({ hasText: by.name })).toHaveCount(1)
  await expect(page.getByRole('row').filter({ hasText: 'session.sign_in' })).toHaveCount(0)
  const saved = page.waitForEvent('download')
  await pressKey(page.getByRole('button', { name: 'Save what is shown' }))
  await pressKey(page.getByRole('menuitem', { name: 'JSON lines' }))
  expect((await saved).suggestedFilename()).toMatch(/\.jsonl$/)
  await page.getByLabel('Action').fill('nothing.like_it')
  await pressKey(page.getByRole('button', { name: 'Show everything' }))
  await expect(page.getByRole('row').filter({ hasText: 'session.sign_in' }).first()).toBeVisible()
})

test('a registry is signed in to, and forgotten; what it refuses stands in the dialog', async ({ page }) => {
  const registry = await startRegistry({
    repository: 'team/private',
    tag: '1',
    layers: [layerOf('one', 1000)],
    wantsSignIn: true,
    credentials: 'ann:right',
  })
  try {
    await signIn(page)
    await page.goto(`${server.url}/settings/registries`)
    await expect(page.getByText('No registries')).toBeVisible()
    await pressKey(page.getByRole('button', { name: 'Sign in to a registry' }))
    const dialog = page.getByRole('dialog')
    for (const text of [registry.host, 'ann', 'wrong']) {
      await page.keyboard.type(text)
      if (text !== 'wrong') await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByLabel('Password or access token').fill('right')
    await page.keyboard.press('Enter')
    await expect(row(page, registry.host)).toContainText('by admin')
    await pressKey(row(page, registry.host).getByRole('button', { name: /Forget/ }))
    await pressKey(page.getByRole('dialog').getByRole('button', { name: 'Forget' }))
    await expect(page.getByText('No registries')).toBeVisible()
  } finally {
    await registry.close()
  }
})

test('recording is limited, and switched off for a project', async ({ page, context, engine }) => {
  const label = (name: string, value: string) => ['--label', `com.docker.compose.${name}=${value}`]
  await engine.run('web-1', 'seq 1 5; sleep 600', [
    ...label('project', engine.prefix),
    ...label('service', 'web'),
    ...label('container-number', '1'),
    ...label('config-hash', 'x'),
    ...label('oneoff', 'False'),
  ])
  await comeAs(server, context, 'admin')
  await page.goto(`${server.url}/settings/history`)
  await page.getByLabel('Days').fill('nonsense')
  await expect(page.getByLabel('Days')).toHaveAccessibleDescription('A number from 0.01 on')
  await page.getByLabel('Days').fill('7')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The limits are set')).toBeVisible()
  const recorded = page.getByRole('switch', { name: `Record ${engine.prefix}` })
  await expect(async () => {
    await page.reload()
    await expect(recorded).toBeChecked({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
  await pressKey(recorded, 'Space')
  await expect(recorded).not.toBeChecked()
  await page.reload()
  await expect(recorded).not.toBeChecked()
  await expect(page.getByLabel('Days')).toHaveValue('7')
  await docker('rm', '-f', `${engine.prefix}-web-1`)
})

const places = ['', '/tokens', '/history', '/users', '/registries', '/audit']

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`every page of the settings has no accessibility faults and fits, ${colorScheme}, ${width} px`, async ({
      page,
      context,
    }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 760 })
      // Something in every list, with a name longer than a line.
      await comeAs(server, context, 'admin')
      const name = `${colorScheme}-${width}-${'long'.repeat(12)}`
      for (const place of places) {
        await page.goto(`${server.url}/settings${place}`)
        if (place === '/tokens') {
          await page.getByRole('button', { name: 'New token' }).click()
          await page.getByLabel('Name', { exact: true }).fill(name)
          await page.keyboard.press('Enter')
          await page.getByRole('button', { name: 'I have it' }).click()
        }
        await isDrawn(page)
        expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(
          width,
        )
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(({ id, nodes }) => `${place} ${id}: ${nodes[0]?.html ?? ''}`),
          place,
        ).toEqual([])
      }
    })
