'use client'

import { wordsOf } from './error-panel.tsx'

// Sonner is loaded at the first toast, not with the page.
const load = () => import('sonner')

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
