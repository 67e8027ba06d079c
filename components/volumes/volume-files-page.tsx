'use client'

import { VolumeFiles } from '#components/files/volume-files'
import { OnlyFor } from '#components/ui/only-for'
import { VolumeFrame } from './volume-frame.tsx'

/** What is in a volume. */
export function VolumeFilesPage({ name }: { name: string }) {
  return (
    <VolumeFrame name={name}>
      {() => (
        <OnlyFor need="look" title="Files are for operators">
          <VolumeFiles name={name} />
        </OnlyFor>
      )}
    </VolumeFrame>
  )
}
