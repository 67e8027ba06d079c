'use client'

import { VolumeFiles } from '#components/files/volume-files'
import { VolumeFrame } from './volume-frame.tsx'

/** What is in a volume. */
export function VolumeFilesPage({ name }: { name: string }) {
  return <VolumeFrame name={name}>{() => <VolumeFiles name={name} />}</VolumeFrame>
}
