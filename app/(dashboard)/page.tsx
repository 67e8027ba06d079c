import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { command } from '#lib/docker/command'
import { requirePageSession } from '#server/auth/page-session'

export default async function HomePage() {
  await requirePageSession()
  return (
    <>
      <PageHeader title="Projects" />
      <PageBody>
        <EmptyState title="No projects on this Engine yet" commands={[['docker', 'compose', 'up', '-d']]}>
          A project appears here as soon as Compose starts one. In a folder with a compose.yaml:
        </EmptyState>
      </PageBody>
      <CommandLine command={command.composeList()} />
    </>
  )
}
