'use client'

import type * as Sonner from 'sonner'
import { wordsOf } from './error-panel.tsx'
import { Store } from './store.tsx'

/** True from the first toast on: the frame mounts the toaster then, and Sonner is loaded no earlier. */
export const hasToasts = new Store(false)

let tellMounted: () => void = () => undefined
const mounted = new Promise<void>((resolve) => {
  tellMounted = resolve
})

/** The toaster calls this when it stands; what was said before is shown then. */
export const toasterMounted = (): void => tellMounted()

async function load(): Promise<typeof Sonner> {
  hasToasts.set(true)
  const [sonner] = await Promise.all([import('sonner'), mounted])
  return sonner
}

/** Short words about something that just happened; never the only place an error is shown when it blocks the page. */
export const notify = {
  done(message: string): void {
    void load().then(({ toast }) => toast(message))
  },
  /** Stays until it is closed: an error has to be read. */
  error(what: string, error: unknown): void {
    const { message, hint } = wordsOf(error)
    void load().then(({ toast }) =>
      toast.error(what, {
        description: hint ? `${message} ${hint}` : message,
        duration: Number.POSITIVE_INFINITY,
      }),
    )
  },
}
