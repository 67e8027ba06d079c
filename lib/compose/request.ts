import { z } from 'zod'
import { checked } from '#lib/docker/request-field'
import { profileNameProblem, serviceNameProblem } from './names.ts'

/** Yes, also when it ends or recreates the container Composure itself runs in; without it such a request answers `is_itself`. */
const isItself = z.boolean().default(false)
const service = checked(serviceNameProblem)
/** Only these services; absent or empty means all of the active profiles. */
const services = z.array(service).max(200).default([])
const profiles = z.array(checked(profileNameProblem)).max(50).default([])
const no = z.boolean().default(false)

/** Options of `docker compose up -d`. */
export const upRequest = z.strictObject({
  isItself,
  services,
  profiles,
  /** Builds images first. */
  isBuilt: no,
  /** Pulls images first, also when they are here. */
  isPulled: no,
  /** Recreates containers whose settings did not change, too. */
  isForced: no,
  /** Without the services they depend on. */
  isAlone: no,
  /** Removes containers of services that are no longer in the files. */
  withOrphans: no,
  /** Ends when everything runs and is healthy, not before. */
  isWaiting: no,
  /** How many containers of a service, by its name. */
  scale: z.record(service, z.int().min(0).max(100)).default({}),
})
export type UpRequest = z.infer<typeof upRequest>

/** Options of `docker compose down`. */
export const downRequest = z.strictObject({
  isItself,
  profiles,
  /** Named volumes of the files and anonymous ones go too, with their data. */
  withVolumes: no,
  /** `local`: images without a name of their own; `all`: every image of a service. */
  images: z.enum(['keep', 'local', 'all']).default('keep'),
  withOrphans: no,
})
export type DownRequest = z.infer<typeof downRequest>

/** Options of `docker compose pull`. */
export const pullRequest = z.strictObject({ services, profiles })
export type PullRequest = z.infer<typeof pullRequest>

/** Options of `docker compose build`. */
export const buildRequest = z.strictObject({
  services,
  profiles,
  /** Every step again. */
  isUncached: no,
  /** Looks for newer base images. */
  isPulled: no,
})
export type BuildRequest = z.infer<typeof buildRequest>

/** Options of `docker compose run --rm`: one container of a service for one command. */
export const runRequest = z.strictObject({
  service,
  /** Program and arguments; empty means the service's own command. */
  command: z.array(z.string().max(10_000)).max(200).default([]),
  isAlone: no,
})
export type RunRequest = z.infer<typeof runRequest>

export const composeRequests = {
  up: upRequest,
  down: downRequest,
  pull: pullRequest,
  build: buildRequest,
  run: runRequest,
} as const
export type ComposeVerb = keyof typeof composeRequests

/** What to do and how, of any verb. */
export type ComposeAction =
  | ({ verb: 'up' } & UpRequest)
  | ({ verb: 'down' } & DownRequest)
  | ({ verb: 'pull' } & PullRequest)
  | ({ verb: 'build' } & BuildRequest)
  | ({ verb: 'run' } & RunRequest)
