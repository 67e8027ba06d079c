'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useAbilities } from '#components/ui/abilities'
import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { Toolbar } from '#components/ui/toolbar'
import type { MadeToken, Token } from '#lib/api/people'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import { revokeToken, tokensQuery } from './calls.ts'
import { ShownOnce } from './shown-once.tsx'
import { TokenDialog } from './token-dialog.tsx'
import { TokenTable } from './token-table.tsx'

/** Keys for scripts: one's own; an admin sees everybody's. */
export function TokensPage({ url }: { url: string }) {
  const { data: tokens, error, refetch } = useQuery(tokensQuery)
  const queries = useQueryClient()
  const me = useAbilities()
  const [isMaking, setIsMaking] = useState(false)
  const [made, setMade] = useState<MadeToken | null>(null)
  const [revoking, setRevoking] = useState<Token | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.tokens })
  const call = (token: string) => ['curl', '-H', `Authorization: Bearer ${token}`, url + paths.containers]
  return (
    <>
      <Toolbar>
        <p className="min-w-0 flex-1 basis-60 text-muted">
          A script sends a token as <code className="font-mono text-xs">Authorization: Bearer</code>; never in
          an address.
        </p>
        <Button tone="primary" onClick={() => setIsMaking(true)}>
          <Plus aria-hidden className="size-3.5" />
          New token
        </Button>
      </Toolbar>
      <PageBody>
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : null}
        {!tokens ? (
          error ? null : (
            <SkeletonRows label="Reading the tokens" count={3} />
          )
        ) : tokens.length === 0 ? (
          <EmptyState title="No API tokens" commands={[call('cmp_…')]}>
            A token lets a script do what you may, no more than you choose, until a day you choose. With one:
          </EmptyState>
        ) : (
          <TokenTable tokens={tokens} ownName={me?.userName ?? ''} onRevoke={setRevoking} />
        )}
      </PageBody>
      {isMaking ? (
        <TokenDialog
          onClose={() => setIsMaking(false)}
          onMade={(answer) => {
            setMade(answer)
            void refresh()
          }}
        />
      ) : null}
      {made ? (
        <ShownOnce
          title={`The token ${made.entry.name}`}
          label="the token"
          secret={made.token}
          onClose={() => setMade(null)}
        >
          <p className="text-muted">
            Copy it now: only its hash is kept, so nobody can show it again. Try it:
          </p>
          <CommandBlock commands={[call(made.token)]} />
        </ShownOnce>
      ) : null}
      {revoking ? (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setRevoking(null)}
          title={`Revoke ${revoking.name}?`}
          loses={['Scripts that use it are refused from now on, and streams they have open end.']}
          confirmLabel="Revoke"
          onConfirm={async () => {
            await revokeToken(revoking.id)
            await refresh()
          }}
        />
      ) : null}
    </>
  )
}
