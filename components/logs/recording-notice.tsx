'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { historyQuery } from '#components/live/kept-logs'
import { pages } from '#lib/api/paths'

/** Says over a log that it is not recorded for now; nothing while all is well. */
export function RecordingNotice() {
  const { data } = useQuery(historyQuery)
  if (data?.recording.state !== 'paused') return null
  return (
    <p
      role="status"
      className="shrink-0 border-b border-line bg-warn-soft px-4 py-1.5 text-sm text-warn sm:px-6"
    >
      Logs are not recorded for now: {data.recording.detail} What the Engine keeps is caught up with later.{' '}
      <Link href={pages.settingsHistory} className="underline">
        Log archive
      </Link>
    </p>
  )
}
