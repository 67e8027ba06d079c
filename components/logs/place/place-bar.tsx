'use client'

import { Button } from '#components/ui/button'
import { toMs } from '#lib/logs/nano-time'
import { useLogPage } from '../log-page.tsx'
import { formatRowTime } from '../rows/row-time.ts'

/** Says that these are not the newest lines, and leads on and back. */
export function PlaceBar({ isMissing }: { isMissing: boolean }) {
  const { session, go } = useLogPage()
  const { place } = session
  if (!place) return null
  const time = formatRowTime(toMs(place.at), 'local')
  return (
    <div
      role="group"
      aria-label="Place in the log"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-accent-soft px-4 py-1 text-xs sm:px-6"
    >
      <span className="min-w-0 flex-1 truncate">
        {isMissing
          ? `That line is not among those shown; these are the ones around ${time}`
          : `Lines around ${time}`}
      </span>
      <Button
        tone="ghost"
        disabled={!session.hasEarlier}
        isPending={session.isLoadingOlder}
        onClick={() => void session.loadOlder()}
      >
        Older lines
      </Button>
      <Button
        tone="ghost"
        disabled={!session.hasLater}
        isPending={session.isLoadingOlder}
        onClick={() => void session.loadNewer()}
      >
        Newer lines
      </Button>
      <Button onClick={() => go(null)}>Back to live</Button>
    </div>
  )
}
