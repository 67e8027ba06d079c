'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useAbilities } from '#components/ui/abilities'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { notify } from '#components/ui/toast'
import { Toolbar } from '#components/ui/toolbar'
import type { OneTimeCode, Person } from '#lib/api/people'
import { pages } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import { changeUser, deleteUser, usersQuery } from './calls.ts'
import { ResetDialog } from './reset-dialog.tsx'
import { ShownOnce } from './shown-once.tsx'
import { UserDialog } from './user-dialog.tsx'
import { type UserAction, UserTable } from './user-table.tsx'

type Asked = { action: UserAction; person: Person } | 'create' | null

/** Everybody who may sign in. */
export function UsersPage() {
  const { data: people, error, refetch } = useQuery(usersQuery)
  const queries = useQueryClient()
  const abilities = useAbilities()
  const [asked, setAsked] = useState<Asked>(null)
  const [shown, setShown] = useState<{ name: string; code: OneTimeCode } | null>(null)
  const close = () => setAsked(null)
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.users })
  const onAction = (action: UserAction, person: Person) => {
    if (action !== 'enable') setAsked({ action, person })
    else
      changeUser(person.id, { isDisabled: false }).then(refresh, (cause: unknown) =>
        notify.error(`Could not enable ${person.name}`, cause),
      )
  }
  return (
    <>
      <Toolbar>
        <p className="min-w-0 flex-1 basis-60 text-muted">
          Whoever may start containers is trusted with this machine. Give the least that does.
        </p>
        <Button tone="primary" needs="people" onClick={() => setAsked('create')}>
          <Plus aria-hidden className="size-3.5" />
          New user
        </Button>
      </Toolbar>
      <PageBody>
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : null}
        {people ? (
          <UserTable people={people} ownName={abilities?.userName ?? ''} onAction={onAction} />
        ) : error ? null : (
          <SkeletonRows label="Reading the users" count={4} />
        )}
      </PageBody>
      <Dialogs asked={asked} onClose={close} onDone={() => void refresh()} onCode={setShown} />
      {shown ? (
        <ShownOnce
          title={`The code of ${shown.name}`}
          label="the code"
          secret={shown.code.code}
          onClose={() => setShown(null)}
        >
          <p className="text-muted">
            Give it to {shown.name} by a way you trust. On {pages.signIn} they choose “I have a one-time
            code”. It works once, until {new Date(shown.code.expiresAtMs).toLocaleString()}.
          </p>
        </ShownOnce>
      ) : null}
    </>
  )
}

interface DialogsProps {
  asked: Asked
  onClose: () => void
  onDone: () => void
  onCode: (shown: { name: string; code: OneTimeCode }) => void
}

function Dialogs({ asked, onClose, onDone, onCode }: DialogsProps) {
  if (asked === null) return null
  if (asked === 'create' || asked.action === 'change')
    return (
      <UserDialog
        person={asked === 'create' ? null : asked.person}
        onClose={onClose}
        onChanged={onDone}
        onMade={({ person, code }) => {
          onDone()
          if (code) onCode({ name: person.name, code })
        }}
      />
    )
  const { action, person } = asked
  if (action === 'reset')
    return (
      <ResetDialog
        person={person}
        onClose={onClose}
        onCode={(code) => {
          onDone()
          if (code) onCode({ name: person.name, code })
          else notify.done(`${person.name} has a new password`)
        }}
      />
    )
  const isDelete = action === 'delete'
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={isDelete ? `Delete ${person.name}?` : `Disable ${person.name}?`}
      loses={
        isDelete
          ? ['Their password, sessions and API tokens.']
          : ['What they have open: pages, log streams, shells.']
      }
      keeps={
        isDelete
          ? ['What they did, in the audit.']
          : ['Their password and API tokens, for when you enable them again.']
      }
      confirmLabel={isDelete ? 'Delete' : 'Disable'}
      onConfirm={async () => {
        if (isDelete) await deleteUser(person.id)
        else await changeUser(person.id, { isDisabled: true })
        onDone()
      }}
    />
  )
}
