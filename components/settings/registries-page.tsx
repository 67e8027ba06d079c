'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody } from '#components/ui/page-header'
import { RelativeTime } from '#components/ui/relative-time'
import { SkeletonRows } from '#components/ui/skeleton'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { Toolbar } from '#components/ui/toolbar'
import { queryKeys } from '#lib/api/query-keys'
import type { RegistryEntry } from '#lib/docker/images/registry'
import { forgetRegistry, registriesQuery } from './calls.ts'
import { RegistryDialog } from './registry-dialog.tsx'

/** The registries that pulls and builds sign in to. */
export function RegistriesPage() {
  const { data: registries, error, refetch } = useQuery(registriesQuery)
  const queries = useQueryClient()
  const [isAdding, setIsAdding] = useState(false)
  const [forgetting, setForgetting] = useState<RegistryEntry | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.registries })
  return (
    <>
      <Toolbar>
        <p className="min-w-0 flex-1 basis-60 text-muted">
          Pulls and builds from here sign in with these. Passwords are kept encrypted and never shown again.
        </p>
        <Button tone="primary" needs="admin" onClick={() => setIsAdding(true)}>
          <Plus aria-hidden className="size-3.5" />
          Sign in to a registry
        </Button>
      </Toolbar>
      <PageBody>
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : null}
        {!registries ? (
          error ? null : (
            <SkeletonRows label="Reading the registries" count={3} />
          )
        ) : registries.length === 0 ? (
          <EmptyState title="No registries" commands={[['docker', 'login', 'ghcr.io']]}>
            Public images need none of this. For private ones, what this is in a terminal:
          </EmptyState>
        ) : (
          <Table label="Registries">
            <TableHead>
              <HeadCell>Registry</HeadCell>
              <HeadCell>User name</HeadCell>
              <HeadCell>Saved</HeadCell>
              <HeadCell>
                <span className="sr-only">Actions</span>
              </HeadCell>
            </TableHead>
            <TableBody>
              {registries.map((entry) => (
                <Row key={entry.host}>
                  <Cell narrow="title">
                    <span className="font-mono text-xs">{entry.host}</span>
                  </Cell>
                  <Cell>{entry.userName}</Cell>
                  <Cell className="text-muted">
                    <RelativeTime atMs={entry.savedAtMs} /> by {entry.savedBy}
                  </Cell>
                  <Cell narrow="end" align="end">
                    <Button needs="admin" onClick={() => setForgetting(entry)}>
                      Forget
                    </Button>
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
        )}
      </PageBody>
      {isAdding ? <RegistryDialog onClose={() => setIsAdding(false)} onSaved={() => void refresh()} /> : null}
      {forgetting ? (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setForgetting(null)}
          title={`Forget ${forgetting.host}?`}
          loses={['The user name and password; private images of it can no longer be pulled from here.']}
          commands={[['docker', 'logout', forgetting.host]]}
          confirmLabel="Forget"
          onConfirm={async () => {
            await forgetRegistry(forgetting.host)
            await refresh()
          }}
        />
      ) : null}
    </>
  )
}
