import type { ReactNode } from 'react'
import { LiveProvider } from '#components/live/hooks'
import { AppFrame } from '#components/shell/app-frame'
import { requirePageSession } from '#server/auth/page-session'
import { firstSnapshot } from '#server/engine/live-model'

// Above this many containers the page paints its frame first and the model arrives over the stream.
const maxInitialContainers = 200

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await requirePageSession()
  const snapshot = await firstSnapshot()
  return (
    <LiveProvider initial={snapshot.containers.length <= maxInitialContainers ? snapshot : null}>
      <AppFrame userName={session.userName}>{children}</AppFrame>
    </LiveProvider>
  )
}
