'use client'

import { useMemo } from 'react'
import { useContainer } from '#components/live/hooks'
import { FilesBrowser } from './files-browser.tsx'
import type { FilePlace } from './file-place.ts'

/** The files of a container, running or not; no shell is needed in it. */
export function ContainerFiles({ id }: { id: string }) {
  const name = useContainer(id)?.name ?? id
  const place = useMemo<FilePlace>(() => ({ kind: 'container', id, name }), [id, name])
  return <FilesBrowser place={place} />
}
