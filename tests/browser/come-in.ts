import type { BrowserContext } from '@playwright/test'
import type { Role } from '#server/auth/policy'
import { addPerson } from '../engine/front-client.ts'
import type { ServerProcess } from './server-process.ts'

/** Lets somebody new of this role into a server of the test's own, without the pages that lead there. `projects` is all they see; null for all there are. */
export async function comeAs(
  server: ServerProcess,
  context: BrowserContext,
  role: Role,
  projects: readonly string[] | null = null,
): Promise<void> {
  const person = addPerson(server, role, projects)
  const [name = '', value = ''] = person.cookie.split('=')
  await context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Strict' }])
  await context.addInitScript(
    ({ secret, origin }) => {
      if (location.origin === origin) localStorage.setItem('composure.secret', secret)
    },
    { secret: person.secret, origin: server.url },
  )
}
