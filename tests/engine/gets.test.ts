import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { type FilteringProxy, startFilteringProxy } from '../fixtures/filtering-proxy.ts'
import { composeLabels, docker, prefix, removeFixtures, runContainer } from './fixtures.ts'
import { addPerson, headersOf, type Person } from './front-client.ts'
import { listRoutes } from './front-routes.ts'

// A GET changes nothing: neither at the Engine, which is watched through a proxy, nor in the dashboard's own store.
const routes = (await listRoutes()).filter(({ method }) => method === 'GET').map(({ path }) => path)
const everything = ['PING', 'EVENTS', 'CONTAINERS', 'IMAGES', 'NETWORKS', 'VOLUMES', 'INFO', 'VERSION']
const all = [...everything, 'SYSTEM', 'EXEC', 'POST', 'DISTRIBUTION']

let proxy: FilteringProxy
let server: ServerProcess
let admin: Person
const names: Record<string, string> = { project: `${prefix}-gets` }

beforeAll(async () => {
  const container = await runContainer('gets', { Labels: composeLabels(names.project ?? '', 'web') })
  const network = await docker.createNetwork({ Name: `${prefix}-gets` })
  const volume = await docker.createVolume({ Name: `${prefix}-gets` })
  const { Image } = await docker.getContainer(container.id).inspect()
  Object.assign(names, {
    containers: container.id,
    networks: network.id,
    volumes: volume.name,
    images: Image.replace('sha256:', ''),
  })
  proxy = await startFilteringProxy(all)
  server = await startServer({ DOCKER_HOST: proxy.address })
  admin = addPerson(server, 'admin')
}, 60_000)
afterAll(async () => {
  await server.stop()
  await proxy.stop()
  await removeFixtures()
  await docker.getNetwork(names.networks ?? '').remove()
  await docker.getVolume(names.volumes ?? '').remove()
})

function addressOf(path: string): string {
  const noun = /^\/api\/(containers|networks|volumes|images)\//.exec(path)?.[1] ?? ''
  return path
    .replace('{project}', names.project ?? '')
    .replace('{containerId}', names.containers ?? '')
    .replace(/\{(?:id|name)\}/, names[noun] ?? 'none')
    .replaceAll(/\{[^}]+\}/g, 'none')
}

/** How many rows each table has; one that is made when it is first read is empty. */
function rowCounts(): Record<string, number> {
  const store = new DatabaseSync(join(server.dataDir, 'composure.db'), { readOnly: true })
  const tables = store.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const counts = tables.map(({ name }) => {
    const row = store.prepare(`SELECT count(*) AS count FROM "${String(name)}"`).get()
    return [String(name), Number(row?.count)] as const
  })
  store.close()
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/** The answer's status when its first bytes are there; a stream would go on for ever. */
async function look(path: string): Promise<number> {
  const gone = new AbortController()
  const answer = await fetch(server.url + path, { headers: headersOf(server, admin), signal: gone.signal })
  await Promise.race([answer.body?.getReader().read(), new Promise((resolve) => setTimeout(resolve, 1_000))])
  gone.abort()
  return answer.status
}

test.each(routes)('%s changes nothing', async (path) => {
  const before = rowCounts()
  const passedBefore = proxy.passed.length
  const status = await look(addressOf(path))
  expect(status).toBeLessThan(500)
  const changes = proxy.passed.slice(passedBefore).filter((call) => !/^(GET|HEAD) /.test(call))
  // A volume can only be looked into through a container, which is none of the lists and is removed again.
  const isOfHelper = (call: string): boolean =>
    path.startsWith('/api/volumes/{name}/') && /^(POST|DELETE) (\/v[\d.]+)?\/containers\//.test(call)
  expect(changes.filter((call) => !isOfHelper(call))).toEqual([])
  expect(rowCounts()).toEqual(before)
})
