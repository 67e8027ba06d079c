import type { Container } from './containers/container.ts'
import type { Image } from './images/image.ts'
import type { Network } from './networks/network.ts'
import type { Volume } from './volumes/volume.ts'

/** Why the Engine cannot be used; each has its own words and its own next step on screen. */
export type EngineProblem =
  | 'socket_missing'
  | 'socket_refused'
  | 'socket_forbidden'
  | 'not_an_engine'
  | 'too_old'
  | 'permission_missing'
  | 'not_answering'

/** How the Engine is. `connecting` only before the first answer. Times are epoch milliseconds. */
export type EngineStatus =
  | { state: 'connecting' }
  | {
      state: 'connected'
      version: string
      apiVersion: string
      name: string
      cpus: number
      memoryBytes: number
      /** Switches of a filtering proxy (`IMAGES`) without which some lists stay empty; absent when all are there. */
      missing?: string[]
    }
  | { state: 'away'; problem: EngineProblem; detail: string; sinceMs: number }

/** The live model: everything lists and pages read. While the Engine is away it holds what was last known. */
export interface EngineSnapshot {
  /** Grows by one with each change. A patch applies to the version it names in `since`; anything else means: ask for a snapshot. */
  version: number
  engine: EngineStatus
  containers: Container[]
  networks: Network[]
  volumes: Volume[]
  images: Image[]
}

/**
 * What changed since version `since` (several changes in one when the viewer was slow). Objects are whole, never partial;
 * `removed` holds ids (names for volumes).
 */
export interface EnginePatch {
  since: number
  version: number
  engine?: EngineStatus
  containers?: Changes<Container>
  networks?: Changes<Network>
  volumes?: Changes<Volume>
  images?: Changes<Image>
}

export interface Changes<Item> {
  changed: Item[]
  removed: string[]
}
