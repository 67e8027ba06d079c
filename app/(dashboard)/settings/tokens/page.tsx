import type { Metadata } from 'next'
import { TokensPage } from '#components/settings/tokens-page'
import { ownOrigin, requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'API tokens' }

export default async function Page() {
  await requirePageSession()
  return <TokensPage url={await ownOrigin()} />
}
