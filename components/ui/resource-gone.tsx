import { LinkButton } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { PageBody, PageHeader } from './page-header.tsx'
import { Skeleton } from './skeleton.tsx'

/** In place of a page whose thing is not in the model: held open while the model is on its way, then says it is gone. */
export function ResourceGone({
  isLoaded,
  noun,
  name,
  listHref,
}: {
  isLoaded: boolean
  noun: 'network' | 'volume' | 'image'
  name: string
  listHref: string
}) {
  if (!isLoaded)
    return (
      <>
        <PageHeader title={<Skeleton className="h-5 w-48" />} />
        <PageBody>
          <div role="status" aria-label="Asking the Engine" className="grid gap-3 pt-2">
            <Skeleton className="h-4 w-full max-w-md" />
            <Skeleton className="h-40 w-full" />
          </div>
        </PageBody>
      </>
    )
  return (
    <>
      <PageHeader title={name} />
      <PageBody>
        <EmptyState
          title={`This ${noun} is not here`}
          action={<LinkButton href={listHref}>All {noun}s</LinkButton>}
        >
          It was removed, or the address is wrong.
        </EmptyState>
      </PageBody>
    </>
  )
}
