import 'server-only'
import { CodedError } from '#lib/api/errors'
import { passedFacts } from '#server/http/passed-facts'
import type { AuditNote } from '../audit.ts'
import { openSession } from '../sign-in.ts'
import { personFromElsewhere } from './person-from-elsewhere.ts'
import { externalSettings, roleOfGroups } from './settings.ts'

/** Signs in whom the trusted proxy names. The session lasts only while the proxy goes on naming the same person. */
export function signInByProxy(request: Request, audit: Pick<AuditNote, 'target'>): Response {
  const { proxyUser, proxyGroups } = passedFacts(request.headers)
  if (proxyUser === null)
    throw new CodedError('not_found', 'No proxy vouches for you.', {
      hint: 'Sign in with a password, or open the address of the proxy.',
    })
  audit.target({ id: proxyUser.slice(0, 100), name: proxyUser.slice(0, 100) })
  const role = roleOfGroups(proxyGroups.split(','), externalSettings())
  return openSession(
    request,
    personFromElsewhere({ origin: 'proxy', subject: proxyUser, name: proxyUser, role }),
  )
}
