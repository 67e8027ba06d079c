import type { ReactNode } from 'react'
import { LiveProvider } from '#components/live/hooks'
import { AppFrame } from '#components/shell/app-frame'
import { AbilitiesContext } from '#components/ui/abilities'
import { abilitiesOf } from '#server/auth/abilities'
import { requirePageSession } from '#server/auth/page-session'
import { reachableSnapshot } from '#server/auth/reach'

// Above this many containers the page paints its frame first and the model arrives over the stream.
const maxInitialContainers = 200

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await requirePageSession()
  const snapshot = await reachableSnapshot(session)
  return (
    <LiveProvider initial={snapshot.containers.length <= maxInitialContainers ? snapshot : null}>
      <AbilitiesContext value={abilitiesOf(session)}>
        <AppFrame userName={session.userName}>{children}</AppFrame>
      </AbilitiesContext>
    </LiveProvider>
  )
}
