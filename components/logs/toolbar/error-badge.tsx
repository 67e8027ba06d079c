'use client'

import { useLogPage } from '../log-page.tsx'

/** How many errors a service has among the lines held; leads from one to the next. */
export function ErrorBadge({
  service,
  sourceIndexes,
}: {
  service: string
  sourceIndexes: readonly number[]
}) {
  const { session, reading } = useLogPage()
  const count = sourceIndexes.reduce((sum, index) => sum + session.store.counts.errorsOf(index), 0)
  if (count === 0) return null
  const words = `${count.toLocaleString('en')} ${count === 1 ? 'error' : 'errors'} of ${service}: go to the next one`
  return (
    <button
      type="button"
      data-error-badge={service}
      aria-label={words}
      title={words}
      onClick={() => reading.stepError(1, service)}
      className="-ml-1 inline-flex h-6 items-center rounded-full border border-transparent bg-bad-soft px-1.5 text-2xs text-bad hover:border-bad pointer-coarse:h-8"
    >
      {count > 999 ? '999+' : count}
    </button>
  )
}
