import 'server-only'
import { readFileSync } from 'node:fs'
import { processWide } from '#server/process-wide'

/** Names the running build, so that a page of an older one offers a reload. Source: Next's `BUILD_ID` beside the running server. */
export function buildId(): string {
  return processWide('live.build-id', () => {
    try {
      return readFileSync('.next/BUILD_ID', 'utf8').trim()
    } catch {
      return 'dev'
    }
  })
}
