'use client'

import type { ReactNode } from 'react'
import { useRefusal } from '#components/ui/abilities'
import { PageHeader } from '#components/ui/page-header'
import { TabsNav } from '#components/ui/tabs-nav'
import { pages } from '#lib/api/paths'

/** The head and the tabs of the settings; users and the audit are there for admins. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const isAdmin = useRefusal('people') === null
  return (
    <>
      <PageHeader title="Settings" />
      <TabsNav
        label="Settings"
        tabs={[
          { href: pages.settings, label: 'Your account' },
          { href: pages.settingsTokens, label: 'API tokens' },
          { href: pages.settingsHistory, label: 'Log archive' },
          ...(isAdmin
            ? [
                { href: pages.settingsUsers, label: 'Users' },
                { href: pages.settingsRegistries, label: 'Registries' },
                { href: pages.settingsAudit, label: 'Audit' },
              ]
            : []),
        ]}
      />
      {children}
    </>
  )
}
