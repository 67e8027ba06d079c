'use client'

import { useMemo } from 'react'
import { FilesBrowser } from './files-browser.tsx'
import type { FilePlace } from './file-place.ts'

/** The files of a volume, also of one that nobody mounts. */
export function VolumeFiles({ name }: { name: string }) {
  const place = useMemo<FilePlace>(() => ({ kind: 'volume', name }), [name])
  return <FilesBrowser place={place} />
}
