import { readFileSync } from 'node:fs'
import { makeLargeImage } from '../fixtures/large-image.ts'
import { docker, expect, test } from './fixtures.ts'

/** The archive is never held: what grows is the list of file names. The other tests of the moment are in it too. */
const maxGrowthMb = 300

/** Resident memory of the server that all tests share. */
function memoryMb(): number {
  const status = readFileSync(`/proc/${process.env.COMPOSURE_E2E_PID}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

test('an image of 1 GB is looked into from its page, with progress, and Composure does not grow with it', async ({
  page,
  engine,
}) => {
  test.setTimeout(120_000)
  const name = `${engine.prefix}-large:1`
  const id = makeLargeImage(name).slice('sha256:'.length, 'sha256:'.length + 12)
  try {
    await page.goto(`/images/${id}`)
    const before = memoryMb()
    let highest = before
    const meter = setInterval(() => {
      highest = Math.max(highest, memoryMb())
    }, 50)
    await page.getByRole('button', { name: 'Look into the layers' }).click()
    const progress = page.getByRole('status', { name: `Analyse ${name}` })
    // Each amount that the page tells on the way.
    const told = await progress.evaluate(
      (element) =>
        new Promise<string[]>((resolve) => {
          const seen = new Set<string>()
          const look = (): void => {
            const text = /[\d.,]+ [kMG]?B of [\d.,]+ [kMG]?B/.exec(element.textContent)?.[0]
            if (text) seen.add(text)
            if (!element.isConnected) resolve([...seen])
          }
          new MutationObserver(look).observe(document.body, {
            childList: true,
            characterData: true,
            subtree: true,
          })
        }),
    )
    await expect(page.getByText('can be saved')).toContainText('250 MB of 1')
    clearInterval(meter)
    console.log(
      `1 GB: ${told.length} amounts told, memory ${before.toFixed(0)} MB, ${highest.toFixed(0)} MB at most`,
    )
    expect(told.length).toBeGreaterThan(3)
    await expect(page.getByText('/four').first()).toBeVisible()
    expect(highest - before).toBeLessThan(maxGrowthMb)
  } finally {
    await docker('rmi', '-f', name)
  }
})
