'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { type FollowedJob, JobFollower, nothingFollowed } from './follow-job.ts'
import { useLiveClient } from './hooks.tsx'

/** A job with its steps and output while somebody looks: all that was, then what comes. With null: nothing. */
export function useJob(id: string | null): FollowedJob {
  const client = useLiveClient()
  const follower = useMemo(() => (id === null ? null : new JobFollower(client, id)), [client, id])
  return useSyncExternalStore(follower?.subscribe ?? noSubscription, follower?.state ?? nothing, nothing)
}

const nothing = (): FollowedJob => nothingFollowed
const noSubscription = (): (() => void) => () => undefined
