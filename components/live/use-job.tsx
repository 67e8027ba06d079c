'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLiveClient } from './hooks.tsx'
import type { LiveEnd } from '#lib/api/live'
import type { JobMessage } from '#lib/jobs/job-event'
import { JobLog } from '#lib/jobs/job-log'

interface Followed {
  log: JobLog
  /** Why there is nothing more: the job is unknown, or the stream refused it. */
  error: LiveEnd['error'] | null
}

/** Tells of many changes once per frame: a build may print thousands of lines a second. */
class JobFollower {
  readonly log = new JobLog()
  error: LiveEnd['error'] | null = null
  #state: Followed = { log: this.log, error: null }
  #isDue = false
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): Followed => this.#state

  take(message: JobMessage): void {
    this.log.apply(message)
    this.#tell()
  }

  end(error: LiveEnd['error']): void {
    this.error = error ?? null
    this.#tell()
  }

  #tell(): void {
    if (this.#isDue) return
    this.#isDue = true
    // Not a frame: a hidden tab draws none, and shall be up to date when it is looked at.
    setTimeout(() => {
      this.#isDue = false
      this.#state = { log: this.log, error: this.error }
      for (const listener of this.#listeners) listener()
    }, 40)
  }
}

/** A job with everything it said, live; comes back to the line where it was after a reconnect. */
export function useJob(id: string): Followed {
  const client = useLiveClient()
  const [follower, setFollower] = useState(() => ({ id, follower: new JobFollower() }))
  if (follower.id !== id) setFollower({ id, follower: new JobFollower() })
  const current = follower.follower
  useEffect(
    () =>
      client.subscribe('job', () => ({ id, after: current.log.last }), {
        // The topic's own shape: lib/jobs/job-event.ts.
        onMessage: (data) => current.take(data as JobMessage),
        onEnd: (error) => current.end(error),
      }),
    [client, current, id],
  )
  return useSyncExternalStore(current.subscribe, current.state, current.state)
}
