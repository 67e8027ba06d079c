import type { ReactNode } from 'react'
import { SessionGuard } from '#components/door/session-guard'
import { AppFrame } from '#components/shell/app-frame'
import { requirePageSession } from '#server/auth/page-session'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  await requirePageSession()
  return (
    <AppFrame>
      <SessionGuard />
      {children}
    </AppFrame>
  )
}
