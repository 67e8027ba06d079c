import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What a route asks for, as its own handler declares it. */
export interface RoutePolicy {
  method: string
  /** `/api/containers/{id}`. */
  path: string
  role: 'anonymous' | 'viewer' | 'operator' | 'admin'
  /** Null: people limited to projects are refused. */
  reach: string | null
}

const root = join(import.meta.dirname, '../..')
const program = `
  import { listRoutes } from './tests/engine/front-routes.ts'
  const routes = await listRoutes()
  console.log(JSON.stringify(routes.map(({ method, path, policy }) =>
    ({ method, path, role: policy?.role ?? 'admin', reach: policy?.reach ?? null }))))
  process.exit(0)
`

/** The policies of all routes, read from the handlers by a process that loads them as the server does. */
export async function readPolicies(): Promise<RoutePolicy[]> {
  const { stdout } = await promisify(execFile)(
    join(root, 'node_modules/.bin/node'),
    ['--conditions=react-server', '--input-type=module', '-e', program],
    { cwd: root, maxBuffer: 1024 * 1024 },
  )
  return JSON.parse(stdout) as RoutePolicy[]
}

/** The policy of an address; a part that stands in the file tree counts before one that is a parameter. */
export function policyOf(
  policies: readonly RoutePolicy[],
  method: string,
  pathname: string,
): RoutePolicy | null {
  const parts = pathname.split('/')
  const fits = policies.filter(({ method: own, path }) => {
    const pattern = path.split('/')
    return (
      own === method &&
      pattern.length === parts.length &&
      pattern.every((part, i) => part.startsWith('{') || part === parts[i])
    )
  })
  const fixedParts = ({ path }: RoutePolicy) => path.split('/').filter((part) => !part.startsWith('{')).length
  return fits.sort((a, b) => fixedParts(b) - fixedParts(a))[0] ?? null
}
