'use client'

import { useState } from 'react'
import { CommandLine } from '#components/ui/command-line'
import { PageBody } from '#components/ui/page-header'
import { command } from '#lib/docker/command'
import { InspectTree } from './inspect-tree.tsx'
import { WithDetail } from './use-container-detail.tsx'

/** Everything the Engine says of a container; the chosen place becomes the command that prints just it. */
export function InspectTab({ id }: { id: string }) {
  const [template, setTemplate] = useState('')
  return (
    <WithDetail id={id} label="Reading the container">
      {({ inspect, container }) => (
        <>
          <PageBody isFlush>
            <div className="flex min-h-0 flex-1 flex-col px-4 pt-3 pb-4 sm:px-6">
              <InspectTree document={inspect} onSelect={setTemplate} />
            </div>
          </PageBody>
          <CommandLine command={command.inspect(container.name, template || undefined)} />
        </>
      )}
    </WithDetail>
  )
}
