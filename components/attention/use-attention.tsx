'use client'

import { useState } from 'react'
import { useTonesAtMs } from '#components/live/hooks'
import { type Attention, attentionOf, steadyAttention } from '#lib/docker/projects/attention'
import type { Container } from '#lib/docker/containers/container'

/** What needs somebody, without the flicker of what fails, is started again and fails. `containers` must keep its identity while nothing changes. */
export function useAttention(containers: readonly Container[]): readonly Attention[] {
  const nowMs = useTonesAtMs()
  const [seen, setSeen] = useState(() => ({ containers, nowMs, items: attentionOf(containers, nowMs) }))
  if (seen.containers === containers && seen.nowMs === nowMs) return seen.items
  const items = steadyAttention(attentionOf(containers, nowMs), seen.items)
  setSeen({ containers, nowMs, items })
  return items
}
