import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Policy } from '#server/auth/policy'

const app = join(import.meta.dirname, '../../app')
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** One handler of the HTTP API, as the file tree has it. */
export interface Route {
  method: (typeof methods)[number]
  /** As OpenAPI writes it: `/api/containers/{id}`. */
  path: string
  /** Undefined for a handler that was not made by `handle`. */
  policy: Policy | undefined
}

/** Every exported handler under app/, with the policy it was made with. */
export async function listRoutes(): Promise<Route[]> {
  // What answers every other address describes itself.
  const files = globSync('**/route.ts', { cwd: app }).filter((file) => !file.includes('[...'))
  const found = files.map(async (file) => {
    const exported = (await import(join(app, file))) as Record<string, { policy?: Policy } | undefined>
    const path = `/${file.replace(/\/route\.ts$/, '').replace(/\[([^\]]+)\]/g, '{$1}')}`
    return methods.flatMap((method) => {
      const handler = exported[method]
      return handler ? [{ method, path, policy: handler.policy }] : []
    })
  })
  return (await Promise.all(found)).flat()
}
