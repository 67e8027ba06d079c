'use client'

import { useEngineStatus, useIsOutdated, useLostAtMs } from '#components/live/hooks'
import { useNowMs } from '#components/ui/relative-time'
import { problemWords } from '#lib/docker/engine-words'
import { formatClock } from '#lib/format/time'
import { Banner } from './banner.tsx'

// A reconnect that takes no longer is nobody's business.
const patienceMs = 3_000

/** Over every page while what it shows may be old: what happened, since when, what to do. It goes by itself. */
export function EngineBanner() {
  const engine = useEngineStatus()
  const lostAtMs = useLostAtMs()
  const isOutdated = useIsOutdated()
  const nowMs = useNowMs()
  if (lostAtMs !== null && nowMs - lostAtMs > patienceMs)
    return (
      <Banner title="Composure does not answer" command={['docker', 'compose', 'up', '-d', 'dashboard']}>
        {known(lostAtMs)} If it was stopped, start it again. This page heals itself when it is back.
      </Banner>
    )
  if (engine.state === 'away') {
    const { title, hint, command } = problemWords(engine.problem)
    return (
      <Banner title={title} command={command}>
        {hint} {known(engine.sinceMs)} This page heals itself when the Engine is back.
      </Banner>
    )
  }
  if (!isOutdated && engine.state === 'connected' && engine.missing) {
    const names = engine.missing.join(', ')
    return (
      <Banner title={`The proxy in front of Docker keeps back ${names}`} tone="warn">
        What needs it stays empty. Where that proxy runs, set{' '}
        {engine.missing.map((name) => `${name}=1`).join(' ')} to see it here.
      </Banner>
    )
  }
  if (!isOutdated) return null
  return (
    <Banner title="Composure was updated" tone="warn" onReload={() => location.reload()}>
      This page is from the version before. Reload it when it suits you.
    </Banner>
  )
}

const known = (sinceMs: number) => (
  <>
    Showing what was known at <span suppressHydrationWarning>{formatClock(sinceMs)}</span>.
  </>
)
