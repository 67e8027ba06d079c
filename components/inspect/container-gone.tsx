import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import { isContainerId } from '#lib/docker/containers/container-id'

/** For an address that leads to no container. */
export function ContainerGone({ id }: { id: string }) {
  return (
    <EmptyState
      title={`There is no container ${isContainerId(id) ? id.slice(0, 12) : id}`}
      commands={[command.ps()]}
      action={
        <LinkButton href={pages.containers} tone="primary">
          All containers
        </LinkButton>
      }
    >
      It was removed, or made again under a new id. Compose makes a new container whenever its settings
      change.
    </EmptyState>
  )
}
