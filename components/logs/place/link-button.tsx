'use client'

import { Link } from 'lucide-react'
import { useContainer } from '#components/live/hooks'
import { CopyButton } from '#components/ui/copy-button'
import { pages } from '#lib/api/paths'
import type { LinePlace } from '#lib/logs/place'
import { permalink } from './place-url.ts'

/**
 * Copies the address of one line. Through its project where it has one: that page finds the line also when the
 * container was made anew, from the archive.
 */
export function LinkButton({ line }: { line: LinePlace }) {
  const project = useContainer(line.containerId)?.compose?.project
  const path =
    project === undefined ? pages.containerTab(line.containerId, 'logs') : pages.projectLogs(project)
  return <CopyButton text={permalink(path, line)} label="Copy a link to the line" icon={Link} />
}
