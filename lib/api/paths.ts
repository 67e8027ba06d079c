/** Every URL of the HTTP API, built in one place for browser, tests and OpenAPI. Ids are hex without `sha256:`. */
const part = encodeURIComponent

export const paths = {
  health: '/api/health',
  session: '/api/session',
  setup: '/api/setup',
  setupCode: '/api/setup/code',
  live: '/api/live',
  liveStream: (streamId: string) => `/api/live/${part(streamId)}`,
  engine: '/api/engine',
  diskUsage: '/api/engine/disk',
  audit: '/api/audit',
  containers: '/api/containers',
  container: (id: string) => `/api/containers/${part(id)}`,
  containerAction: (id: string, action: string) => `/api/containers/${part(id)}/actions/${part(action)}`,
  containerName: (id: string) => `/api/containers/${part(id)}/name`,
  containerProcesses: (id: string) => `/api/containers/${part(id)}/processes`,
  containerReveal: (id: string) => `/api/containers/${part(id)}/reveal`,
  containerLogs: (id: string) => `/api/containers/${part(id)}/logs`,
  containerLogsDownload: (id: string) => `/api/containers/${part(id)}/logs/download`,
  logSearch: '/api/logs/search',
  containerExec: (id: string) => `/api/containers/${part(id)}/exec`,
  exec: (sessionId: string) => `/api/exec/${part(sessionId)}`,
  execSocket: (sessionId: string) => `/ws/exec/${part(sessionId)}`,
  projects: '/api/projects',
  projectAction: (project: string, action: string) =>
    `/api/projects/${part(project)}/actions/${part(action)}`,
  projectCompose: (project: string, action: string) =>
    `/api/projects/${part(project)}/compose/${part(action)}`,
  projectLogs: (project: string) => `/api/projects/${part(project)}/logs`,
  projectLogsDownload: (project: string) => `/api/projects/${part(project)}/logs/download`,
  jobs: '/api/jobs',
  job: (id: string) => `/api/jobs/${part(id)}`,
  jobCancel: (id: string) => `/api/jobs/${part(id)}/cancel`,
  images: '/api/images',
  imagePull: '/api/images/pull',
  image: (id: string) => `/api/images/${part(id)}`,
  imageTags: (id: string) => `/api/images/${part(id)}/tags`,
  imageAnalysis: (id: string) => `/api/images/${part(id)}/analysis`,
  imageComparison: (id: string, otherId: string) => `/api/images/${part(id)}/comparisons/${part(otherId)}`,
  networks: '/api/networks',
  network: (id: string) => `/api/networks/${part(id)}`,
  networkMembers: (id: string) => `/api/networks/${part(id)}/members`,
  networkMember: (id: string, containerId: string) =>
    `/api/networks/${part(id)}/members/${part(containerId)}`,
  volumes: '/api/volumes',
  volume: (name: string) => `/api/volumes/${part(name)}`,
} as const

/** Every page, built in one place. */
export const pages = {
  home: '/',
  signIn: '/sign-in',
  project: (project: string) => `/projects/${part(project)}`,
  projectLogs: (project: string) => `/projects/${part(project)}/logs`,
  containers: '/containers',
  container: (id: string) => `/containers/${part(id.slice(0, 12))}`,
  containerTab: (id: string, tab: ContainerTab) => `/containers/${part(id.slice(0, 12))}/${tab}`,
  images: '/images',
  image: (id: string) => `/images/${part(id.replace(/^sha256:/, '').slice(0, 12))}`,
  imageComparison: (id: string, otherId: string) =>
    `/images/${part(id.replace(/^sha256:/, '').slice(0, 12))}/compare/${part(otherId.replace(/^sha256:/, '').slice(0, 12))}`,
  networks: '/networks',
  network: (id: string) => `/networks/${part(id.slice(0, 12))}`,
  volumes: '/volumes',
  volume: (name: string) => `/volumes/${part(name)}`,
  activity: '/activity',
  job: (id: string) => `/jobs/${part(id)}`,
  projectActivity: (project: string) => `/projects/${part(project)}/activity`,
  settings: '/settings',
} as const

export const containerTabs = [
  'logs',
  'shell',
  'stats',
  'environment',
  'mounts',
  'networks',
  'labels',
  'health',
  'processes',
  'inspect',
] as const
export type ContainerTab = (typeof containerTabs)[number]
