import type { Page } from '@playwright/test'
import { policyOf, type RoutePolicy } from './policies.ts'

const ranks = ['anonymous', 'viewer', 'operator', 'admin']

/** Who presses. */
export interface Presser {
  role: 'viewer' | 'operator' | 'admin'
  isLimited: boolean
}

export interface Sweep {
  /** Controls that were pressed, `page: name`. */
  pressed: string[]
  /** `POST /api/…` that would have gone out. */
  asked: Set<string>
  /** What the server refuses this person: `page: control -> POST /api/… (operator)`. */
  refused: string[]
}

/**
 * Presses every control of these pages that is not greyed: buttons, entries of menus, buttons of the dialogs that open. What would change
 * something never leaves the browser: the policies of the routes say whether this person may.
 */
export async function sweep(
  page: Page,
  addresses: readonly string[],
  who: Presser,
  policies: readonly RoutePolicy[],
): Promise<Sweep> {
  const found: Sweep = { pressed: [], asked: new Set(), refused: [] }
  let now = ''
  const press = async (name: string, run: () => Promise<unknown>) => {
    now = name
    found.pressed.push(name)
    await run()
    await settle(page)
  }
  await page.route('**/api/**', async (route) => {
    const method = route.request().method()
    const { pathname } = new URL(route.request().url())
    if (method === 'GET' || method === 'HEAD' || pathname.startsWith('/api/live')) return route.continue()
    found.asked.add(`${method} ${pathname}`)
    const reason = refusal(policyOf(policies, method, pathname), who)
    if (reason) found.refused.push(`${now} -> ${method} ${pathname} (${reason})`)
    return route.fulfill({
      status: 409,
      json: { error: { code: 'conflict', message: 'Only looked at.', hint: '' } },
    })
  })
  page.on('response', (response) => {
    if (response.status() === 403)
      found.refused.push(`${now} -> ${response.request().method()} ${response.url()} (403)`)
  })
  for (const address of addresses) {
    now = `${address}: the page itself`
    await open(page, address)
    for (const name of await enabledButtons(page)) {
      const { pathname } = new URL(page.url())
      if (pathname !== new URL(address, page.url()).pathname) await open(page, address)
      await press(`${address}: ${name}`, () => pressButton(page, name))
      await pressMenu(page, `${address}: ${name}`, () => pressButton(page, name), press)
      await pressDialog(page, `${address}: ${name}`, press)
      await close(page)
    }
  }
  return found
}

function refusal(policy: RoutePolicy | null, { role, isLimited }: Presser): string | null {
  if (policy === null) return 'no such route'
  if (ranks.indexOf(role) < ranks.indexOf(policy.role)) return policy.role
  return isLimited && policy.reach === null ? 'out of reach' : null
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
}

/** The entries of an open menu, one after the other; it closes with each. */
async function pressMenu(
  page: Page,
  name: string,
  reopen: () => Promise<unknown>,
  press: (name: string, run: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const items = page.locator('[role=menu] [role=menuitem]:not([data-disabled])')
  for (let index = 0; index < (await items.count()); index += 1) {
    const words = (await items.nth(index).innerText()).split('\n')[0] ?? ''
    await press(`${name} > ${words}`, () => items.nth(index).click())
    await pressDialog(page, `${name} > ${words}`, press)
    await close(page)
    await reopen()
    await settle(page)
  }
}

/** The buttons of an open dialog, with something in each field. */
async function pressDialog(
  page: Page,
  name: string,
  press: (name: string, run: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const dialog = page.locator('[role=dialog], [role=alertdialog]').last()
  if (!(await dialog.isVisible())) return
  for (const field of await dialog.locator('input:not([type=checkbox]):not([type=file]), textarea').all())
    if ((await field.isEditable()) && (await field.inputValue()) === '') await field.fill('sweep')
  for (const list of await dialog.locator('select').all())
    await list.evaluate((element: HTMLSelectElement) => {
      element.selectedIndex = Math.max(element.selectedIndex, element.options.length > 1 ? 1 : 0)
      element.dispatchEvent(new Event('change', { bubbles: true }))
    })
  const buttons = dialog.locator('button:not([disabled]):not([aria-disabled=true])')
  for (let index = 0; index < (await buttons.count()); index += 1) {
    const words = (await buttons.nth(index).getAttribute('aria-label')) ?? (await buttons.nth(index).innerText())
    if (/^(Cancel|Close|Keep|Copy)/.test(words)) continue
    await press(`${name} > ${words}`, () => buttons.nth(index).click({ timeout: 2_000 }).catch(() => null))
    if (!(await dialog.isVisible())) return
  }
}

async function close(page: Page): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    if (!(await page.locator('[role=menu], [role=dialog], [role=alertdialog]').first().isVisible())) return
    await page.keyboard.press('Escape')
    await settle(page)
  }
}

/** Names of the buttons one can press; of those that differ by a name or a number only, one. */
async function enabledButtons(page: Page): Promise<string[]> {
  const names = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLButtonElement>('button')]
      .filter((one) => one.checkVisibility() && !one.disabled && one.ariaDisabled !== 'true')
      .map((one) => (one.ariaLabel ?? one.innerText).trim())
      .filter((name) => name !== ''),
  )
  const kinds = new Map(names.map((name) => [name.replace(/\S*[-\d]\S*/g, '…'), name]))
  return [...kinds.values()]
}

/** A menu opens by the keyboard as by the pointer; what has gone meanwhile is passed over. */
async function pressButton(page: Page, name: string): Promise<void> {
  await page.evaluate((wanted) => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('button')].find(
      (one) => one.checkVisibility() && (one.ariaLabel ?? one.innerText).trim() === wanted,
    )
    if (!found) return
    found.focus()
    if (found.ariaHasPopup === 'menu')
      found.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    else found.click()
  }, name)
}

/** What a press does is on screen and on its way after two frames. */
async function settle(page: Page): Promise<void> {
  await page
    .evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    )
    .catch(() => page.waitForLoadState())
}
