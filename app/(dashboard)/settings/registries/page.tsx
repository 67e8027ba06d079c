import type { Metadata } from 'next'
import { RegistriesPage } from '#components/settings/registries-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Registries' }

export default async function Page() {
  await requirePageSession()
  return <RegistriesPage />
}
