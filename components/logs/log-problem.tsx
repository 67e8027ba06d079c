'use client'

import { useEngineStatus, useLiveStatus } from '#components/live/hooks'
import { useLogPage } from './log-page.tsx'
import type { LogSession } from './session/log-session.ts'

/** What is wrong with what is shown, in one line. */
export function LogProblem() {
  const { session } = useLogPage()
  const liveStatus = useLiveStatus()
  const { state } = useEngineStatus()
  const words = wordsOf(session, liveStatus, state)
  if (!words) return null
  return (
    <p role="status" className="shrink-0 border-y border-line bg-warn-soft px-4 py-1 text-warn sm:px-6">
      {words}
    </p>
  )
}

function wordsOf(session: LogSession, liveStatus: string, engineState: string): string {
  if (session.find.error) return session.find.error
  if (session.olderError) return session.olderError
  if (session.interrupted) return session.interrupted.message
  if (liveStatus === 'reconnecting')
    return 'The connection to Composure is lost; lines go on where they stopped once it is back.'
  // A stream also ends with its container; only the Engine's own absence is worth a word.
  if (engineState !== 'connected' && session.sources.some((source) => source.state === 'away'))
    return 'Docker does not answer; lines go on where they stopped once it is back.'
  return ''
}
