import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import type { Bench, BenchServer } from './bench.ts'

/** Chromium, signed in to `server`; closed at the end of the bench at the latest. */
export async function openBrowser(bench: Bench, server: BenchServer): Promise<BrowserContext> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    handleSIGINT: false,
    handleSIGTERM: false,
  })
  bench.onCleanUp(() => browser.close())
  const [name = '', value = ''] = server.person.cookie.split('=')
  const cookie = { name, value, domain: '127.0.0.1', path: '/', expires: -1 }
  return browser.newContext({
    baseURL: server.url,
    viewport: { width: 1280, height: 800 },
    storageState: {
      cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: 'Strict' }],
      origins: [
        { origin: server.url, localStorage: [{ name: 'composure.secret', value: server.person.secret }] },
      ],
    },
  })
}

/** What kept a page's main thread, since `watchTasks`. */
export interface Smoothness {
  /** The longest task, in ms; 0 when none took 50 ms. */
  longestTaskMs: number
  /** The longest time between two frames. */
  longestFrameMs: number
  /** Frames that came later than two frames' time. */
  lateFrames: number
}

interface Watch {
  tasks: number[]
  frames: number[]
}

/** Begins to watch a page: its tasks of 50 ms and more, and the time between its frames. */
export async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch: Watch = { tasks: [], frames: [] }
    Object.assign(window, { benchWatch: watch })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watch.tasks.push(entry.duration)
    }).observe({ type: 'longtask' })
    let last = performance.now()
    const frame = (): void => {
      const now = performance.now()
      watch.frames.push(now - last)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

/** What was seen since the last call. */
export async function readTasks(page: Page): Promise<Smoothness> {
  return page.evaluate(() => {
    const watch = (window as unknown as { benchWatch: Watch }).benchWatch
    const { tasks, frames } = watch
    const seen = {
      longestTaskMs: Math.max(0, ...tasks),
      longestFrameMs: Math.max(0, ...frames),
      lateFrames: frames.filter((ms) => ms > 34).length,
    }
    tasks.length = 0
    frames.length = 0
    return seen
  })
}

/** JavaScript's heap and the buffers it holds, after a collection, in MB. */
export async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const usage = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number
    backingStorageSize?: number
  }
  await session.detach()
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6
}
