import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, visitor } from './fixtures.ts'
import { password, startServer } from './server-process.ts'

test.describe('signing in', () => {
  test.use({ storageState: visitor })

  test('leads back to the page people came for', async ({ page }) => {
    await page.goto('/?project=shop')
    await expect(page).toHaveURL('/sign-in?next=%2F%3Fproject%3Dshop')
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL('/?project=shop')
  })

  test('says at the field that the password is not right', async ({ page }) => {
    await page.goto('/sign-in')
    const field = page.getByLabel('Password', { exact: true })
    await field.fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(field).toHaveAccessibleDescription('The name or the password is not right.')
    await expect(field).toBeFocused()
    await page.getByRole('button', { name: 'Show the password' }).click()
    await expect(field).toHaveAttribute('type', 'text')
    await expect(field).toHaveValue('not the password')
  })

  test('puts no password into the address before its script runs', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto('/sign-in')
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled()
    await page.getByLabel('Password', { exact: true }).fill('typed early')
    await page.keyboard.press('Enter')
    expect(page.url()).toBe(`${baseURL}/sign-in`)
    await page.reload()
    expect(page.url()).not.toContain('early')
    await context.close()
  })

  test('does not send people to another site afterwards', async ({ page, baseURL }) => {
    await page.goto('/sign-in?next=//evil.example/')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`${baseURL}/`)
  })

  test('is usable at 360 px and without a mouse, and has no accessibility faults', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 640 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto('/sign-in')
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations).toEqual([])
    }
  })

  test('is asked for again when the browser kept the cookie but lost the secret', async ({
    page,
    baseURL,
  }) => {
    const signIn = async () => {
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(`${baseURL}/`)
    }
    await page.goto('/')
    await signIn()
    await page.evaluate(() => localStorage.clear())
    // The page leaves for the sign-in before it has loaded.
    await page.reload({ waitUntil: 'commit' }).catch(() => undefined)
    await expect(page).toHaveURL(/\/sign-in/)
    await signIn()
  })
})

test('who is signed in already does not see the form', async ({ page, baseURL }) => {
  await page.goto('/sign-in')
  await expect(page).toHaveURL(`${baseURL}/`)
})

test.describe('the first run', () => {
  test.use({ storageState: visitor })

  test('asks for the code from the log, then for a password', async ({ page }) => {
    const server = await startServer({ COMPOSURE_PASSWORD: undefined })
    try {
      const code = /first-run code: ([0-9A-Z-]+)/.exec(server.output())?.[1] ?? ''
      await page.goto(server.url)
      const field = page.getByLabel('First-run code')
      await field.fill('AAAA-BBBB')
      await page.keyboard.press('Enter')
      await expect(field).toHaveAccessibleDescription(/That is not the code/)
      await field.fill(code.toLowerCase())
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible()
      await page.getByLabel('Password', { exact: true }).fill('a long enough one')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(`${server.url}/`)
    } finally {
      await page.goto('about:blank')
      expect(await server.stop()).toBe(0)
    }
  })
})
