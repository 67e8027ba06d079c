import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { SignedIn } from '#lib/api/session'
import { currentEnv } from '#server/env'
import { passedFacts } from '#server/http/passed-facts'
import type { AuditNote } from './audit.ts'
import { noteFailure, noteSuccess, requireAttemptAllowed } from './attempts.ts'
import { readSessionCookie, sessionCookie } from './cookies.ts'
import { ensureFirstRunCode, firstUserName, isFirstRunCode, spendFirstRunCode } from './first-run.ts'
import { endAllOf, findByCode, readPerson, spendCode, storePassword } from './people/people.ts'
import type { Session } from './policy.ts'
import { createSession, endSession, replaceSession } from './sessions.ts'
import { hashToken } from './tokens.ts'
import { createFirstUser, findUserByPassword, findUserName, needsSetup, type User } from './users.ts'

/** Signs a person in: the session id goes into the cookie, the secret into the body. A session the browser had before ends. */
export async function signIn(
  request: Request,
  name: string,
  password: string,
  audit: Pick<AuditNote, 'target'>,
): Promise<Response> {
  const { ip } = passedFacts(request.headers)
  requireAttemptAllowed(ip, name)
  // Names nobody has stay out of the audit: people type passwords into the wrong field.
  const knownName = findUserName(name)
  if (knownName) audit.target({ id: knownName, name: knownName })
  const user = await findUserByPassword(name, password)
  // Attempts that ran side by side with the one that used up the limit do not count as answers.
  requireAttemptAllowed(ip, name)
  if (!user) {
    noteFailure(ip, name)
    throw new CodedError('wrong_credentials', 'The name or the password is not right.')
  }
  noteSuccess(ip, name)
  return openSession(request, user)
}

/** Throws unless `code` is the one from the log and there is no user yet. */
export function requireFirstRunCode(request: Request, code: string): void {
  const { ip } = passedFacts(request.headers)
  requireAttemptAllowed(ip, firstUserName)
  if (!needsSetup())
    throw new CodedError('already_set_up', 'Composure already has its first user.', {
      hint: 'Sign in instead.',
    })
  if (isFirstRunCode(code)) return
  noteFailure(ip, firstUserName)
  ensureFirstRunCode()
  throw new CodedError('setup_code_wrong', 'That is not the code, or it is older than 15 minutes.', {
    hint: 'The newest line with “first-run code” in the log of Composure has the one that works.',
  })
}

/** Makes the first user by the code from the log, and signs in. */
export async function setUp(request: Request, code: string, password: string): Promise<Response> {
  requireFirstRunCode(request, code)
  const user = await createFirstUser(firstUserName, password)
  spendFirstRunCode()
  noteSuccess(passedFacts(request.headers).ip, user.name)
  return openSession(request, user)
}

/** Chooses a password with the one-time code an admin gave, and signs in. */
export async function signInByCode(
  request: Request,
  wanted: { userName: string; code: string; password: string },
  audit: Pick<AuditNote, 'target'>,
): Promise<Response> {
  const { ip } = passedFacts(request.headers)
  requireAttemptAllowed(ip, wanted.userName)
  const found = findByCode(wanted.userName, wanted.code)
  if (!found || !spendCode(found.id, wanted.code)) {
    noteFailure(ip, wanted.userName)
    throw new CodedError('setup_code_wrong', 'That is not the code of this user, or it is too old.', {
      hint: 'A code works once, for 24 hours. An admin can give you another one.',
    })
  }
  audit.target({ id: found.name, name: found.name })
  endAllOf(found.id)
  await storePassword(found.id, wanted.password)
  noteSuccess(ip, found.name)
  return openSession(request, readPerson(found.id))
}

/** Changes the caller's own password: every session, stream and shell of theirs ends, and this browser gets a fresh session. */
export async function changeOwnPassword(
  request: Request,
  session: Session,
  wanted: { current: string; password: string },
): Promise<Response> {
  const { ip } = passedFacts(request.headers)
  requireAttemptAllowed(ip, session.userName)
  const user = await findUserByPassword(session.userName, wanted.current)
  if (user?.id !== session.userId) {
    noteFailure(ip, session.userName)
    throw new CodedError('wrong_credentials', 'current: This is not your password.')
  }
  await storePassword(user.id, wanted.password)
  endAllOf(user.id, { keep: session.sessionHash })
  noteSuccess(ip, user.name)
  return openSession(request, user)
}

/** The answer that signs a browser in: the session's two halves. */
export function openSession(request: Request, user: User, nextPath?: string): Response {
  const facts = passedFacts(request.headers)
  const former = readSessionCookie(facts, facts.cookie)
  const { id, secret } = createSession(user, {
    ip: facts.ip,
    agent: request.headers.get('user-agent') ?? '',
  })
  if (former) replaceSession(hashToken(former))
  const body: SignedIn = {
    userName: user.name,
    role: user.role,
    secret,
    ...(nextPath === undefined ? {} : { nextPath }),
  }
  return Response.json(body, {
    status: 201,
    headers: {
      'cache-control': 'no-store',
      'set-cookie': sessionCookie(facts, id, currentEnv().sessionMaxMs),
    },
  })
}

/** Ends this session, its streams and its sockets, and takes the cookie away. */
export function signOut(request: Request, sessionHash: string): Response {
  endSession(sessionHash)
  const headers = {
    'set-cookie': sessionCookie(passedFacts(request.headers), '', 0),
    'cache-control': 'no-store',
  }
  return new Response(null, { status: 204, headers })
}
