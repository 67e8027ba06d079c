import type { BuildRequest, DownRequest, PullRequest, RunRequest, UpRequest } from './request.ts'

/** What each verb does when nothing is chosen: what its schema in request.ts fills in, without the schema. */
export const standardUp: UpRequest = {
  isItself: false,
  services: [],
  profiles: [],
  isBuilt: false,
  isPulled: false,
  isForced: false,
  isAlone: false,
  withOrphans: false,
  isWaiting: false,
  scale: {},
}

export const standardDown: DownRequest = {
  isItself: false,
  profiles: [],
  withVolumes: false,
  images: 'keep',
  withOrphans: false,
}

export const standardPull: PullRequest = { services: [], profiles: [] }

export const standardBuild: BuildRequest = { services: [], profiles: [], isUncached: false, isPulled: false }

export const standardRun: Omit<RunRequest, 'service'> = { command: [], isAlone: false }
