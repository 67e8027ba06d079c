'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAbilities } from '#components/ui/abilities'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { Fact, Facts, Section } from '#components/ui/facts'
import { PageBody } from '#components/ui/page-header'
import { RelativeTime } from '#components/ui/relative-time'
import { SkeletonRows } from '#components/ui/skeleton'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { notify } from '#components/ui/toast'
import { agentWords } from '#lib/api/agent-words'
import type { SessionEntry } from '#lib/api/people'
import { queryKeys } from '#lib/api/query-keys'
import { endSession, sessionsQuery } from './calls.ts'
import { PasswordForm } from './password-form.tsx'
import { ReachText, roleWords } from './role-words.tsx'

/** Who I am here, where I am signed in, and my password. */
export function AccountPage({ hasPassword }: { hasPassword: boolean }) {
  const { data: sessions, error, refetch } = useQuery(sessionsQuery)
  const queries = useQueryClient()
  const me = useAbilities()
  const end = (session: SessionEntry) =>
    endSession(session.id).then(
      () => queries.invalidateQueries({ queryKey: queryKeys.accountSessions }),
      (cause: unknown) => notify.error('Could not end this session', cause),
    )
  return (
    <PageBody>
      <div className="grid max-w-4xl gap-8 pt-5">
        <Section title="You">
          <Facts>
            <Fact name="Name">{me?.userName}</Fact>
            <Fact name="Role">
              {me?.role}
              {me ? <span className="block text-xs text-muted">{roleWords[me.role]}</span> : null}
            </Fact>
            <Fact name="May see">
              <ReachText projects={me?.projects ?? null} />
            </Fact>
          </Facts>
        </Section>
        <Section title="Where you are signed in">
          {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : null}
          {sessions ? (
            <SessionTable sessions={sessions} onEnd={(session) => void end(session)} />
          ) : error ? null : (
            <SkeletonRows label="Reading your sessions" count={2} />
          )}
        </Section>
        <Section title="Password">
          {hasPassword ? (
            <>
              <p className="mb-3 max-w-[60ch] text-muted">
                Changing it ends every other session of yours, with its log streams and shells. API tokens
                stay.
              </p>
              <PasswordForm />
            </>
          ) : (
            <p className="text-muted">You sign in elsewhere; there is no password of yours here.</p>
          )}
        </Section>
      </div>
    </PageBody>
  )
}

function SessionTable({
  sessions,
  onEnd,
}: {
  sessions: readonly SessionEntry[]
  onEnd: (session: SessionEntry) => void
}) {
  return (
    <Table label="Your sessions">
      <TableHead>
        <HeadCell>Browser</HeadCell>
        <HeadCell>Address</HeadCell>
        <HeadCell>Signed in</HeadCell>
        <HeadCell>Last seen</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <Row key={session.id}>
            <Cell narrow="title">
              <span className="flex items-center gap-2" title={session.agent}>
                {agentWords(session.agent)}
                {session.isThisOne ? <Badge tone="accent">this one</Badge> : null}
              </span>
            </Cell>
            <Cell className="font-mono text-xs">{session.ip}</Cell>
            <Cell className="text-muted">
              <RelativeTime atMs={session.createdAtMs} />
            </Cell>
            <Cell className="text-muted">
              <RelativeTime atMs={session.seenAtMs} />
            </Cell>
            <Cell narrow="end" align="end">
              {session.isThisOne ? null : (
                <Button
                  tone="ghost"
                  aria-label={`End the session at ${session.ip}`}
                  onClick={() => onEnd(session)}
                >
                  End
                </Button>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
