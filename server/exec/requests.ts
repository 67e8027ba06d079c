import 'server-only'
import { CodedError } from '#lib/api/errors'
import { type ExecList, type ExecOpened, execRequest } from '#lib/docker/exec'
import { type Call, readBody } from '#server/http/handle'
import { inspectForExec } from '#server/engine/containers/exec'
import { execSessions } from './sessions.ts'

/** Starts a shell in the container of the path: 201 with the session and a ticket to its socket. */
export async function openShell(call: Call<{ id: string }>): Promise<Response> {
  requireOn()
  const wanted = await readBody(call.request, execRequest)
  const person = { ...call.session, ip: call.ip, mayForce: call.session.role === 'admin' }
  const opened = await execSessions().open(call.params.id, wanted, person)
  const { containerId, containerName, command, user, workingDir, isAttached } = opened.session
  call.audit.target({ id: containerId, name: containerName })
  call.audit.params(isAttached ? { isAttached } : { command, user, workingDir })
  return Response.json(opened, { status: 201, headers: { 'cache-control': 'no-store' } })
}

/** The caller's own shells in a container, and whether its main process can be joined. */
export async function listShells({ params, session }: Call<{ id: string }>): Promise<ExecList> {
  const sessions = execSessions()
  if (!sessions.settings.isOn) return { isOn: false, canAttach: false, sessions: [] }
  // Shells outlive their container on the page: one that is gone is no error here.
  const container = await inspectForExec(params.id).catch(() => null)
  return {
    isOn: true,
    canAttach: container?.hasTerminal ?? false,
    sessions: sessions.list(params.id, session.sessionHash),
  }
}

/** A fresh ticket to a shell of the caller's own. */
export function reopenShell({ params, session }: Call<{ sessionId: string }>): ExecOpened {
  requireOn()
  return execSessions().reopen(params.sessionId, session.sessionHash)
}

/** Ends a shell of the caller's own; answers when nothing of it runs. */
export async function closeShell({ params, session }: Call<{ sessionId: string }>): Promise<void> {
  requireOn()
  execSessions().get(params.sessionId, session.sessionHash)
  await execSessions().close(params.sessionId, 'closed')
}

function requireOn(): void {
  if (execSessions().settings.isOn) return
  throw new CodedError('not_found', 'Shells are switched off for this dashboard.', {
    hint: 'Whoever runs it can switch them on: COMPOSURE_EXEC=on.',
  })
}
