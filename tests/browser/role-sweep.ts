import type { Locator, Page } from '@playwright/test'
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
  const press: Press = async (name, run) => {
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
  page.setDefaultTimeout(10_000)
  page.setDefaultNavigationTimeout(60_000)
  const heads = new Set<string>()
  for (const address of addresses) {
    now = `${address}: the page itself`
    await open(page, address)
    for (const { name, isInHead } of await enabledButtons(page)) {
      // Every tab of a container or a project has the same head: once is enough.
      const head = `${new URL(address).pathname.split('/').slice(0, 3).join('/')} ${name}`
      if (isInHead && heads.has(head)) continue
      if (isInHead) heads.add(head)
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

/** Waits until a page has what it shows: its heading, and nothing that is still being read. */
export async function isDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('h1, h2') !== null && document.querySelector('.skeleton') === null,
    undefined,
    { timeout: 60_000 },
  )
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await isDrawn(page)
}

/** The entries of an open menu, one after the other; it closes with each. */
async function pressMenu(
  page: Page,
  name: string,
  reopen: () => Promise<unknown>,
  press: Press,
): Promise<void> {
  const items = page.locator('[role=menu] [role=menuitem]:not([data-disabled])')
  const count = await items.count()
  for (let index = 0; index < count; index += 1) {
    if (index > 0) {
      await reopen()
      await settle(page)
    }
    const item = items.nth(index)
    // The live model may have redrawn it meanwhile, with other entries.
    const text = await item.innerText(inTime).catch(() => '')
    if (text === '') continue
    const words = `${name} > ${text.split('\n')[0] ?? ''}`
    await press(words, () => click(item))
    await pressDialog(page, words, press)
    await close(page)
  }
}

/** The buttons of an open dialog, with something in each field. */
async function pressDialog(page: Page, name: string, press: Press): Promise<void> {
  const dialog = page.locator('[role=dialog], [role=alertdialog]').last()
  if (!(await dialog.isVisible())) return
  await fillIn(dialog)
  for (const button of await dialog.locator('button:not([disabled], [aria-disabled=true])').all()) {
    const words = await button
      .evaluate((one: HTMLElement) => one.ariaLabel ?? one.innerText, undefined, inTime)
      .catch(() => null)
    if (words === null || !(await dialog.isVisible())) return
    if (!/^(Cancel|Close|Keep|Copy)/.test(words)) await press(`${name} > ${words}`, () => click(button))
  }
}

/** Something in each empty field; one that goes away while another is filled is none. */
async function fillIn(dialog: Locator): Promise<void> {
  const isEmpty = (one: HTMLInputElement): boolean => !one.disabled && !one.readOnly && one.value === ''
  const texts = 'input:not([type=checkbox], [type=file], [type=radio]), textarea'
  for (const field of await dialog.locator(texts).all())
    if (await field.evaluate(isEmpty, undefined, inTime).catch(() => false))
      await field.fill('sweep', inTime).catch(() => undefined)
  for (const list of await dialog.locator('select:enabled').all())
    if ((await list.locator('option').count()) > 1)
      await list.selectOption({ index: 1 }, inTime).catch(() => undefined)
}

type Press = (name: string, run: () => Promise<unknown>) => Promise<void>
/** What is there is there at once. */
const inTime = { timeout: 2_000 }

function click(what: Locator): Promise<void> {
  return what.evaluate((element: HTMLElement) => element.click(), undefined, inTime).catch(() => undefined)
}

async function close(page: Page): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    if (!(await page.locator('[role=menu], [role=dialog], [role=alertdialog]').first().isVisible())) return
    await page.keyboard.press('Escape')
    await settle(page)
  }
}

/** Names of the buttons one can press; of those that differ by a name or a number only, one. */
async function enabledButtons(page: Page): Promise<{ name: string; isInHead: boolean }[]> {
  const buttons = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLButtonElement>('main button')]
      .filter((one) => one.checkVisibility() && !one.disabled && one.ariaDisabled !== 'true')
      .map((one) => ({
        name: (one.ariaLabel ?? one.innerText).trim(),
        isInHead: one.closest('main header') !== null,
      }))
      .filter(({ name }) => name !== ''),
  )
  const kinds = new Map(buttons.map((button) => [button.name.replace(/\S*[-\d]\S*/g, '…'), button]))
  return [...kinds.values()]
}

/** A menu opens by the keyboard as by the pointer; what has gone meanwhile is passed over. */
async function pressButton(page: Page, name: string): Promise<void> {
  await page.evaluate((wanted) => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('main button')].find(
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
