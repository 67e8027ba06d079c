import type { Metadata } from 'next'
import { OidcReturn } from '#components/door/oidc-return'

export const metadata: Metadata = { title: 'Signing in' }

export default function Page() {
  return <OidcReturn />
}
