import 'server-only'
import { CodedError } from '#lib/api/errors'
import { execProtocol } from '#lib/docker/exec'
import { beginAudit } from '#server/auth/audit'
import { registerOpenStream } from '#server/auth/open-streams'
import { registerUpgrade } from '#server/http/upgrade'
import { log } from '#server/log'
import { onShutdown } from '#server/shutdown'
import { execSessions } from './sessions.ts'
import { acceptExecSocket } from './socket.ts'

/** Opens the shells' door, called once at the start: socket, audit of each end, sign-out, shutdown, and what an earlier life left. */
export function startShells(): void {
  const sessions = execSessions()
  tidyUp()
  if (!sessions.settings.isOn) return
  registerUpgrade({
    pattern: '/ws/exec/:sessionId',
    protocol: execProtocol,
    role: 'operator',
    authorise: ({ params, session, ticket }) => {
      const id = params.sessionId ?? ''
      const isGood = sessions.spendTicket(ticket, id)
      sessions.get(id, session.sessionHash)
      if (!isGood) throw new CodedError('ticket_refused', 'This ticket was used or is too old.')
    },
    handle: ({ request, socket, head, params, session }) =>
      acceptExecSocket(request, socket, head, sessions.get(params.sessionId ?? '', session.sessionHash)),
  })
  endWithTheirSignIn()
  auditEnds()
  onShutdown('shells', () => sessions.stopAll('shutdown'))
}

function tidyUp(): void {
  execSessions()
    .leftovers.sweepEarlierLife()
    .catch((error: unknown) => log.warn('earlier shells could not be looked for', { error: String(error) }))
}

function endWithTheirSignIn(): void {
  const unregister = new Map<string, () => void>()
  execSessions().watch({
    opened: (session) => {
      const { id, sessionHash } = session.parts
      const close = (reason: 'shutdown' | 'signed-out'): void => {
        // At shutdown all end together, container by container, in their own hook.
        if (reason === 'shutdown') return
        void session.stop('signed_out').then(() => session.close(4401, 'signed out'))
      }
      unregister.set(id, registerOpenStream({ sessionHash, close }))
    },
    ended: ({ parts }) => {
      unregister.get(parts.id)?.()
      unregister.delete(parts.id)
    },
  })
}

/** The start is the route's own row; the end has one too, whoever or whatever brought it. What was typed is never written. */
function auditEnds(): void {
  execSessions().watch({
    ended: (session, { reason, exitCode, isLeftRunning }) => {
      const { containerId, containerName, userName, sessionHash, ip, user, isAttached } = session.parts
      const command = isAttached ? ['docker', 'attach', containerName] : session.parts.command
      try {
        const who = { userName, sessionHash, ip, role: 'operator' as const }
        const note = beginAudit(who, 'container.exec-end', containerId)
        note.target({ id: containerId, name: containerName })
        const seconds = Math.round((Date.now() - session.startedAtMs) / 1000)
        const { input: inputBytes, output: outputBytes } = session.bytes
        note.params({ command, user, reason, exitCode, isLeftRunning, seconds, inputBytes, outputBytes })
        note.finish()
      } catch (error) {
        log.error('the end of a shell could not be written to the audit', {
          error: String(error),
          containerId,
        })
      }
    },
  })
}
