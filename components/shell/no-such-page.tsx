import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Kbd } from '#components/ui/kbd'
import { pages } from '#lib/api/paths'

export function NoSuchPage() {
  return (
    <EmptyState
      title="There is no page at this address"
      action={
        <>
          <LinkButton href={pages.home} tone="primary">
            All projects
          </LinkButton>
          <LinkButton href={pages.containers}>All containers</LinkButton>
        </>
      }
    >
      The link may be old or mistyped. <Kbd>Ctrl K</Kbd> finds everything by its name.
    </EmptyState>
  )
}
