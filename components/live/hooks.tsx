'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { readSecretFrom } from '#lib/api/client'
import { pages } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { Container } from '#lib/docker/containers/container'
import type { EnginePatch, EngineSnapshot, EngineStatus } from '#lib/docker/engine'
import type { Image } from '#lib/docker/images/image'
import type { Network } from '#lib/docker/networks/network'
import type { Project } from '#lib/docker/projects/project'
import type { Volume } from '#lib/docker/volumes/volume'
import { EngineStore } from './engine-store.ts'
import { LiveClient } from './live-client.ts'
import type { LiveStatus } from './live-connection.ts'
import { readStoredSecret } from './secret.ts'
import { type StatsById, StatsStore } from './stats-store.ts'

interface Live {
  client: LiveClient
  engine: EngineStore
  stats: StatsStore
  queries: QueryClient
  /** Ends the connection that was made ahead of the page's hydration; null once `start` has taken it over. */
  ahead: (() => void) | null
}

const LiveContext = createContext<Live | null>(null)

readSecretFrom(readStoredSecret)

/** Everything live for the pages below: the stream, the model (`initial` is the server's, for the first paint), queries. */
export function LiveProvider({ initial, children }: { initial: EngineSnapshot | null; children: ReactNode }) {
  const [live] = useState(() => createLive(initial))
  useEffect(() => start(live), [live])
  return (
    <LiveContext value={live}>
      <QueryClientProvider client={live.queries}>{children}</QueryClientProvider>
    </LiveContext>
  )
}

function createLive(initial: EngineSnapshot | null): Live {
  const client = new LiveClient()
  const queries = new QueryClient({
    // What is read on demand goes stale when the model says so, not by the clock or the window's focus.
    defaultOptions: { queries: { staleTime: 30_000, retry: false, refetchOnWindowFocus: false } },
  })
  // Worker and connection come up while the page hydrates; what they bring is taken in behind that, by `start`.
  const secret = typeof window === 'undefined' ? null : readStoredSecret()
  const ahead = secret === null ? null : client.start(secret)
  return { client, engine: new EngineStore(initial), stats: new StatsStore(client), queries, ahead }
}

function start(live: Live): () => void {
  const { client, engine, queries } = live
  const secret = readStoredSecret()
  if (secret === null) {
    leave()
    return () => undefined
  }
  const stop = live.ahead ?? client.start(secret)
  live.ahead = null
  const stopWatching = client.watchStatus(() => {
    if (client.status() === 'signed-out') leave()
  })
  const stopInvalidating = engine.watchChanges((ids) => {
    for (const id of ids) void queries.invalidateQueries({ queryKey: queryKeys.container(id) })
  })
  let unsubscribe: () => void = () => undefined
  const follow = (): void => {
    unsubscribe()
    unsubscribe = client.subscribe('state', () => ({}), {
      onMessage: (data) => {
        // The topic's own shape: lib/docker/engine.ts. A patch that does not fit: ask for the whole again.
        if (!engine.apply(data as EngineSnapshot | EnginePatch)) follow()
      },
    })
  }
  follow()
  return () => {
    unsubscribe()
    stopInvalidating()
    stopWatching()
    stop()
  }
}

/** The session is over, or its secret is lost: sign in again and come back here. */
function leave(): void {
  const here = location.pathname + location.search
  location.assign(`${pages.signIn}?next=${encodeURIComponent(here)}`)
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('This part of the page must stand inside LiveProvider.')
  return live
}

function useEngineSelection<Value>(select: (snapshot: EngineSnapshot) => Value): Value {
  const { engine } = useLive()
  const read = (): Value => select(engine.snapshot())
  return useSyncExternalStore(engine.subscribe, read, read)
}

/** The live stream itself, for topics a feature follows on its own (logs). */
export function useLiveClient(): LiveClient {
  return useLive().client
}

/** How the stream between this page and Composure is (not how the Engine is). */
export function useLiveStatus(): LiveStatus {
  const { client } = useLive()
  return useSyncExternalStore(client.watchStatus, client.status, () => 'connecting')
}

/** Since when this page hears nothing from Composure; null while it does. */
export function useLostAtMs(): number | null {
  const { client } = useLive()
  return useSyncExternalStore(client.watchStatus, client.lostAtMs, () => null)
}

/** True when Composure was updated since this page was loaded. */
export function useIsOutdated(): boolean {
  const { client } = useLive()
  return useSyncExternalStore(client.watchStatus, client.isOutdated, () => false)
}

/** False until the first snapshot is here: show skeletons. */
export function useIsLoaded(): boolean {
  const { engine } = useLive()
  return useSyncExternalStore(engine.subscribe, engine.isLoaded, engine.isLoaded)
}

export const useEngineStatus = (): EngineStatus => useEngineSelection(({ engine }) => engine)
export const useContainers = (): readonly Container[] => useEngineSelection(({ containers }) => containers)
export const useNetworks = (): readonly Network[] => useEngineSelection(({ networks }) => networks)
export const useVolumes = (): readonly Volume[] => useEngineSelection(({ volumes }) => volumes)
export const useImages = (): readonly Image[] => useEngineSelection(({ images }) => images)

/** The time to tell the tones of containers by: it moves only when one may have changed. */
export function useTonesAtMs(): number {
  const { engine } = useLive()
  return useSyncExternalStore(engine.subscribe, engine.tonesAtMs, engine.tonesAtMs)
}

/** One container by its id or the beginning of it; null when it is not there (any more). */
export function useContainer(id: string): Container | null {
  return useEngineSelection(
    ({ containers }) => containers.find((container) => container.id.startsWith(id)) ?? null,
  )
}

export function useProjects(): readonly Project[] {
  const { engine } = useLive()
  return useSyncExternalStore(engine.subscribe, engine.projects, engine.projects)
}

/** One project by name, or null. */
export function useProject(name: string): Project | null {
  return useProjects().find((project) => project.name === name) ?? null
}

/** The last minute of these containers, oldest first; followed only while somebody looks. */
export function useStats(ids: readonly string[]): StatsById {
  const { stats } = useLive()
  const wish = ids.join()
  useEffect(() => stats.want(wish === '' ? [] : wish.split(',')), [stats, wish])
  return useSyncExternalStore(stats.subscribe, stats.samples, stats.none)
}
