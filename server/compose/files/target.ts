import 'server-only'
import type { ComposeTarget } from '#lib/compose/arguments'
import { firstSnapshot } from '#server/engine/model/live-model'
import { guardFiles } from './guard.ts'
import { findPlace } from './places.ts'
import { requireReadable } from './readable.ts'

/** The files of a project when it can be operated from here. Throws why not: `files_unreadable`, `compose_invalid`, `remote_include_disabled`. */
export async function operableTarget(project: string): Promise<ComposeTarget> {
  await firstSnapshot()
  const target = findPlace(project)
  requireReadable(target)
  guardFiles(target)
  return target
}
