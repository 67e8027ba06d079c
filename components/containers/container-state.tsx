'use client'

import { LoaderCircle } from 'lucide-react'
import { useNowMs } from '#components/ui/relative-time'
import { State } from '#components/ui/state'
import { containerWords, fullWords, healthWords } from '#lib/docker/containers/container-words'
import { exitCodeWords } from '#lib/docker/containers/exit-code'
import type { Container } from '#lib/docker/containers/container'
import { usePendingAction } from './action-store.tsx'
import { actionWords } from './action-words.ts'

/** The state in words that age by themselves; while the Engine works on the container, what it is doing. */
export function ContainerStateText({
  container,
  withHealth = false,
}: {
  container: Container
  /** Where no column of its own says the health. */
  withHealth?: boolean
}) {
  const nowMs = useNowMs()
  const pending = usePendingAction(container.id)
  if (pending !== null)
    return (
      <span className="inline-flex items-center gap-1.5 text-muted">
        <LoaderCircle aria-hidden className="-ml-[2.5px] size-3 animate-turn" />
        {actionWords[pending].pending}
      </span>
    )
  const { tone, text } = withHealth ? fullWords(container, nowMs) : containerWords(container, nowMs)
  return (
    <span title={titleOf(container)} suppressHydrationWarning>
      <State tone={tone}>
        <span suppressHydrationWarning>{text}</span>
      </State>
    </span>
  )
}

function titleOf(container: Container): string | undefined {
  if (container.startError !== '') return container.startError
  if (container.exitCode === null || container.state === 'running') return undefined
  return `exit ${container.exitCode}: ${exitCodeWords(container.exitCode, container.isOutOfMemory)}`
}

export function HealthText({ container }: { container: Container }) {
  const { tone, text } = healthWords(container)
  const colour =
    tone === 'bad' ? 'text-bad' : tone === 'warn' ? 'text-warn' : tone === 'idle' ? 'text-faint' : ''
  return <span className={colour}>{text}</span>
}
