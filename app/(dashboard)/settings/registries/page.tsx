import type { Metadata } from 'next'
import { RegistriesPage } from '#components/settings/registries-page'
import { OnlyFor } from '#components/ui/only-for'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Registries' }

export default async function Page() {
  await requirePageSession()
  return (
    <OnlyFor need="people" title="Registries are for admins">
      <RegistriesPage />
    </OnlyFor>
  )
}
