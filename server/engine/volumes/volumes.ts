import 'server-only'
import type { VolumeInspectInfo } from 'dockerode'
import type { Volume } from '#lib/docker/volumes/volume'
import { callEngine } from '../client/client.ts'
import { isHelperVolume } from '../helper-label.ts'
import { epochMs } from '../client/times.ts'

/** All volumes. Source: `GET /volumes`. */
export async function listVolumes(options: { evenIfAway?: boolean } = {}): Promise<Volume[]> {
  const answer = await callEngine((docker) => docker.listVolumes(), options)
  // The Engine says null when there are none; its type does not know.
  const volumes = (answer.Volumes as VolumeInspectInfo[] | null) ?? []
  return volumes.filter(({ Name }) => !isHelperVolume(Name)).map(toVolume)
}

/** One volume. Source: `GET /volumes/{name}`. Throws `volume_not_found`. */
export async function readVolume(name: string): Promise<Volume> {
  return toVolume(await callEngine((docker) => docker.getVolume(name).inspect(), { noun: 'volume' }))
}

export function toVolume(raw: VolumeInspectInfo & { CreatedAt?: string }): Volume {
  const labels = (raw.Labels as Record<string, string> | null) ?? {}
  const project = labels['com.docker.compose.project']
  return {
    name: raw.Name,
    driver: raw.Driver,
    mountpoint: raw.Mountpoint,
    scope: raw.Scope === 'global' ? 'global' : 'local',
    createdAtMs: epochMs(raw.CreatedAt),
    compose: project ? { project, volume: labels['com.docker.compose.volume'] ?? '' } : null,
    isAnonymous: /^[0-9a-f]{64}$/.test(raw.Name),
  }
}
