import type { Metadata } from 'next'
import { RunPage } from '#components/run/run-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Run a container' }

export default async function Page() {
  await requirePageSession()
  return <RunPage />
}
