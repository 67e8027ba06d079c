'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { notify } from '#components/ui/toast'
import { pages } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import { composeCommand } from '#lib/compose/arguments'
import { standardUp } from '#lib/compose/standard-options'
import { forgetPlace } from '../calls.ts'
import { composeQuestion } from '../compose-dialog-store.tsx'
import { useCompose } from '../compose-status.tsx'

/** A project that is known by its folder and has nothing on the Engine. */
export function NotStarted({ project }: { project: string }) {
  const status = useCompose()
  const queries = useQueryClient()
  const router = useRouter()
  const forget = useMutation({
    mutationFn: () => forgetPlace(project),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: queryKeys.composePlaces })
      router.push(pages.home)
    },
    onError: (error) => notify.error(`Could not forget ${project}`, error),
  })
  if (!status?.place) return null
  const names = status.services.map(({ name }) => name)
  return (
    <EmptyState
      title={`${project} is not started`}
      commands={[composeCommand({ project, ...status.place }, { verb: 'up', ...standardUp })]}
      action={
        <>
          {status.problem === null ? (
            <Button tone="primary" needs="operator" onClick={() => composeQuestion.set({ kind: 'up' })}>
              Up…
            </Button>
          ) : null}
          <Button needs="admin" isPending={forget.isPending} onClick={() => forget.mutate()}>
            Forget it
          </Button>
        </>
      }
    >
      {names.length > 0
        ? `Its files describe ${names.length === 1 ? 'one service' : `${names.length} services`}: ${names.join(', ')}. `
        : ''}
      They are in{' '}
      <code className="font-mono text-xs [overflow-wrap:anywhere]">{status.place.workingDir}</code>.
      Forgetting it touches nothing there.
    </EmptyState>
  )
}
