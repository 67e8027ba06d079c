import { Bytes } from '#components/ui/bytes'
import { Fact, Facts } from '#components/ui/facts'
import { RelativeTime } from '#components/ui/relative-time'
import type { HistoryOverview, RecordingState } from '#lib/api/history'

const storeWords = {
  sqlite: 'history.db in the data directory',
  postgres: 'the Postgres of COMPOSURE_DATABASE_URL',
} as const

/** How recording goes and how much room it takes. */
export function RecordingFacts({ overview }: { overview: HistoryOverview }) {
  const { limits } = overview.settings
  const used = Math.min(1, overview.storedBytes / limits.maxBytes)
  return (
    <Facts>
      <Fact name="Recording">
        <RecordingWords recording={overview.recording} />
      </Fact>
      <Fact name="Kept">
        {overview.lineCount.toLocaleString('en')} lines in <Bytes value={overview.storedBytes} /> of{' '}
        <Bytes value={limits.maxBytes} />
        <span aria-hidden className="mt-1.5 block h-1 max-w-80 rounded-full bg-sunk">
          <span className="block h-1 rounded-full bg-accent" style={{ width: `${used * 100}%` }} />
        </span>
      </Fact>
      <Fact name="Where">{storeWords[overview.store]}</Fact>
    </Facts>
  )
}

function RecordingWords({ recording }: { recording: RecordingState }) {
  const { state, containerCount, detail, sinceMs } = recording
  if (state === 'recording')
    return (
      <span>
        the logs of {containerCount} {containerCount === 1 ? 'container' : 'containers'}
      </span>
    )
  if (state === 'starting') return <span className="text-muted">begins…</span>
  if (state === 'off')
    return <span className="text-muted">off (COMPOSURE_HISTORY=off); what was kept is still here</span>
  return (
    <span role="status" className="text-warn">
      paused <RelativeTime atMs={sinceMs} />: {detail} It goes on by itself, behind the last line it has.
    </span>
  )
}
