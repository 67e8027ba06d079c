import 'server-only'

/**
 * One object per process, made at first use. Next and main.ts load our modules as two graphs in one process,
 * so a module-level variable would exist twice; this file is the only one that writes globalThis.
 */
export function processWide<Value>(name: string, create: () => Value): Value {
  const key = Symbol.for(`composure.${name}`)
  const store = globalThis as unknown as Record<symbol, Value | undefined>
  const existing = store[key]
  if (existing !== undefined) return existing
  const created = create()
  store[key] = created
  return created
}
