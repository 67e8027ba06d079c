import 'server-only'
import { processWide } from './process-wide.ts'

interface Hook {
  name: string
  run: () => Promise<void> | void
}

const hooks = processWide('shutdown-hooks', () => new Set<Hook>())

/** Runs when the process ends, side by side with the others; all together get about 3 s. Returns the undo. */
export function onShutdown(name: string, run: Hook['run']): () => void {
  const hook = { name, run }
  hooks.add(hook)
  return () => hooks.delete(hook)
}

/** Runs every hook; resolves when all are done or `timeoutMs` passed, and says which failed or were not done. */
export async function runShutdownHooks(timeoutMs: number): Promise<string[]> {
  const unfinished = new Set([...hooks].map((hook) => hook.name))
  const all = [...hooks].map(async (hook) => {
    await hook.run()
    unfinished.delete(hook.name)
  })
  const timeout = new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())
  await Promise.race([Promise.allSettled(all), timeout])
  return [...unfinished]
}
