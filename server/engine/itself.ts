import 'server-only'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { CodedError } from '#lib/api/errors'
import { processWide } from '#server/process-wide'
import { modelContainer, snapshot } from './model/live-model.ts'

/** Where a process can read which container it runs in. */
export interface Traces {
  mountinfo: string
  cgroup: string
  hostname: string
}

/** The container id (or its first 12 digits) these traces point at, or null outside a container. */
export function idInTraces(traces: Traces): string | null {
  // Docker mounts its own file over /etc/hostname; on the host itself such paths are mount points, never that.
  const mounted = /\/containers\/([a-f0-9]{64})\/\S+ \/etc\/(?:hostname|hosts|resolv\.conf) /.exec(
    traces.mountinfo,
  )
  const grouped = /[/-]([a-f0-9]{64})(?:\.scope)?$/m.exec(traces.cgroup)
  const named = /^[a-f0-9]{12}$/.exec(traces.hostname)
  return mounted?.[1] ?? grouped?.[1] ?? named?.[0] ?? null
}

function readTraces(): Traces {
  return {
    mountinfo: readText('/proc/self/mountinfo'),
    cgroup: readText('/proc/self/cgroup'),
    hostname: hostname(),
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The full id of the container Composure itself runs in, or null: outside a container, or on another Engine. */
export function ownContainerId(): string | null {
  const traced = processWide('engine.itself', () => ({ id: idInTraces(readTraces()) })).id
  if (traced === null) return null
  return snapshot().containers.find(({ id }) => id.startsWith(traced))?.id ?? null
}

/** Throws `is_itself` when `id` is Composure's own container and the person has not said yes to that. */
export function requireNotItself(id: string, isItself: boolean, verb: string): void {
  if (isItself || id !== ownContainerId()) return
  const name = modelContainer(id)?.name ?? id.slice(0, 12)
  throw new CodedError('is_itself', `${name} is the container Composure itself runs in.`, {
    hint: `To ${verb} it ends this page; you would go on in a terminal. Say yes a second time if you mean it.`,
  })
}
