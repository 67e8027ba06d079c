/**
 * What a filtering proxy in front of the Engine's socket must let through for a call, by the names the usual ones give their switches
 * (`CONTAINERS=1`, `POST=1` …). `path` is the Engine's, with or without `/v1.51` and a query.
 */
export function permissionsFor(method: string, path: string): string[] {
  const [, part = '', , verb = ''] = path
    .replace(/\?.*$/, '')
    .replace(/^\/v\d+\.\d+(?=\/)/, '')
    .split('/')
  const area = verb === 'exec' && part === 'containers' ? 'exec' : part
  const names = areas[area] ?? [area.toUpperCase()]
  return method === 'GET' || method === 'HEAD' ? names : [...names, 'POST']
}

const areas: Readonly<Record<string, string[]>> = {
  _ping: ['PING'],
  version: ['VERSION'],
  info: ['INFO'],
  events: ['EVENTS'],
  system: ['SYSTEM'],
  containers: ['CONTAINERS'],
  exec: ['CONTAINERS', 'EXEC'],
  images: ['IMAGES'],
  networks: ['NETWORKS'],
  volumes: ['VOLUMES'],
  build: ['BUILD'],
  auth: ['AUTH'],
  distribution: ['DISTRIBUTION'],
}
