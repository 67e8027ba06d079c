import type { SettingChange } from './diff/service-diff.ts'
import type { PlannedChange } from './plan.ts'

/** What would happen to one container, and why. */
export interface PlannedContainer {
  name: string
  service: string
  change: PlannedChange
  /** The settings that differ; empty for anything but `recreate` and `restart`, and where Compose sees a difference that is not compared here. */
  changes: SettingChange[]
}

/** Something that would stop an action, or that the person should know before. */
export interface Preflight {
  level: 'stops' | 'warns'
  service: string
  text: string
  /** What to do about it. */
  hint: string
}

/** What `up` would do now. */
export interface UpPreview {
  verb: 'up'
  command: string[]
  containers: PlannedContainer[]
  /** Services whose image would be built or pulled. */
  images: { service: string; change: 'build' | 'pull' }[]
  networks: string[]
  /** Networks that are there and made anew, because their definition changed. */
  replacedNetworks: string[]
  volumes: string[]
  preflight: Preflight[]
  /** Said by Compose while it looked: variables that are not set. */
  warnings: string[]
  /** True when it would replace the container Composure itself runs in. */
  isItself: boolean
}

/** What `down` would do now. */
export interface DownPreview {
  verb: 'down'
  command: string[]
  containers: { name: string; service: string; isRunning: boolean }[]
  networks: string[]
  /** What goes with its data; null where the size is not known. */
  volumes: { name: string; sizeBytes: number | null; isAnonymous: boolean }[]
  images: string[]
  /** Volumes of the project that stay. */
  keptVolumes: string[]
  /** Containers that stay: of services that are not in the files, or whose profile is not chosen. */
  keptContainers: string[]
  warnings: string[]
  isItself: boolean
}

export type Preview = UpPreview | DownPreview

/** How a service that runs differs from the files. */
export interface ServiceDrift {
  service: string
  containers: string[]
  changes: SettingChange[]
}

/** How a project stands to its files. */
export interface ComposeStatus {
  /** Where the files are; null when nobody knows. */
  place: { workingDir: string; configFiles: string[]; envFiles: string[] } | null
  /** Why the project cannot be operated from here, or null. */
  problem: { code: string; message: string; hint?: string } | null
  /** Of Compose, e.g. `2.40.3`; empty while there is none. */
  composeVersion: string
  services: { name: string; profiles: string[]; image: string; isBuilt: boolean; replicas: number }[]
  profiles: string[]
  /** Profiles of services that have containers now, and those of `COMPOSE_PROFILES`: what an action starts with. */
  activeProfiles: string[]
  /** `COMPOSE_PROFILES` of the environment files: what Compose takes when no profile is chosen. */
  namedProfiles: string[]
  drift: ServiceDrift[]
  /** Services that have containers and are no longer in the files. */
  orphans: string[]
  /** The service Composure itself runs as, or empty. */
  itself: string
}
