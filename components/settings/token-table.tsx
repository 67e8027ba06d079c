'use client'

import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { RelativeTime, useNowMs } from '#components/ui/relative-time'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import type { Token } from '#lib/api/people'
import { formatAge } from '#lib/format/time'
import { ReachText } from './role-words.tsx'

export function TokenTable({
  tokens,
  ownName,
  onRevoke,
}: {
  tokens: readonly Token[]
  ownName: string
  onRevoke: (token: Token) => void
}) {
  const nowMs = useNowMs()
  const hasOthers = tokens.some(({ owner }) => owner !== ownName)
  return (
    <Table label="API tokens">
      <TableHead>
        <HeadCell>Name</HeadCell>
        {hasOthers ? <HeadCell>Of</HeadCell> : null}
        <HeadCell>Role</HeadCell>
        <HeadCell>May see</HeadCell>
        <HeadCell>Last used</HeadCell>
        <HeadCell>Ends</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <Row key={token.id} data-token={token.name}>
            <Cell narrow="title">
              <span className="flex min-w-0 items-center gap-2">
                <span className="max-w-64 truncate font-medium">{token.name}</span>
                {token.expiresAtMs <= nowMs ? <Badge tone="warn">ended</Badge> : null}
              </span>
            </Cell>
            {hasOthers ? <Cell className="text-muted">{token.owner}</Cell> : null}
            <Cell>{token.role}</Cell>
            <Cell>
              <ReachText projects={token.projects} />
            </Cell>
            <Cell className="text-muted">
              {token.usedAtMs === null ? (
                <span className="text-faint">never used</span>
              ) : (
                <>
                  <RelativeTime atMs={token.usedAtMs} />
                  <span className="ml-2 font-mono text-xs text-faint">{token.usedIp}</span>
                </>
              )}
            </Cell>
            <Cell
              className="text-muted"
              title={new Date(token.expiresAtMs).toLocaleString()}
              suppressHydrationWarning
            >
              {token.expiresAtMs <= nowMs
                ? `${formatAge(nowMs - token.expiresAtMs)} ago`
                : `in ${formatAge(token.expiresAtMs - nowMs)}`}
            </Cell>
            <Cell narrow="end" align="end">
              <Button tone="ghost" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
                Revoke…
              </Button>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
