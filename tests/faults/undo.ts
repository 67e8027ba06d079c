const undos: (() => unknown)[] = []

/** Runs after the test, last first, whatever came of it. */
export function undoLater(undo: () => unknown): void {
  undos.push(undo)
}

export async function undoAll(): Promise<void> {
  const errors: unknown[] = []
  for (const undo of undos.splice(0).reverse())
    try {
      await undo()
    } catch (error) {
      errors.push(error)
    }
  if (errors.length > 0)
    throw new AggregateError(errors, `could not clean up: ${errors.map(String).join('; ')}`)
}

/** Starts a clock; what it returns says the whole milliseconds since. */
export function since(): () => number {
  const beganAtMs = performance.now()
  return () => Math.round(performance.now() - beganAtMs)
}
