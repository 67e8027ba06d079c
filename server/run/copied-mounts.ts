import 'server-only'
import type { ContainerInspectInfo } from 'dockerode'
import type { CopyKind } from '#lib/run/container-copy'
import type { RunMount } from '#lib/run/run-spec'

/** A volume the Engine made without a name. */
export const isAnonymous = (name: string): boolean => /^[a-f0-9]{64}$/.test(name)

/** The mounts of a container as `docker run` would say them; a duplicate gets new volumes where they have no name. */
export function copiedMounts(raw: ContainerInspectInfo, kind: CopyKind): RunMount[] {
  const asked = ((raw.HostConfig as { Mounts?: AskedMount[] | null }).Mounts ?? []).filter(
    ({ Type }) => Type !== 'tmpfs',
  )
  const binds = raw.HostConfig.Binds ?? []
  const strict = new Map(asked.map((mount) => [mount.Target, mount]))
  const mounts = raw.Mounts.flatMap((mount): RunMount[] => {
    if (mount.Type !== 'bind' && mount.Type !== 'volume') return []
    const isNameless = mount.Type === 'volume' && isAnonymous(mount.Name ?? '')
    if (isNameless && kind === 'duplicate') return []
    const ask = strict.get(mount.Destination)
    const source = mount.Type === 'volume' ? (mount.Name ?? '') : mount.Source
    const isStrict = ask !== undefined || source.includes(':') || mount.Destination.includes(':')
    const propagation = ask?.BindOptions?.Propagation
    return [
      {
        type: mount.Type,
        source,
        target: mount.Destination,
        isReadOnly: !mount.RW,
        options: isStrict
          ? [
              ...(propagation ? [`bind-propagation=${propagation}`] : []),
              ...(ask?.VolumeOptions?.Subpath ? [`volume-subpath=${ask.VolumeOptions.Subpath}`] : []),
            ].join(',')
          : looseOptions(binds, source, mount.Destination),
        isStrict,
      },
    ]
  })
  const tmpfs = Object.entries((raw.HostConfig as { Tmpfs?: Record<string, string> | null }).Tmpfs ?? {}).map(
    ([target, options]): RunMount => {
      const parts = options.split(',').filter(Boolean)
      const rest = parts.filter((part) => part !== 'ro' && part !== 'rw').join(',')
      return {
        type: 'tmpfs',
        source: '',
        target,
        isReadOnly: parts.includes('ro'),
        options: rest,
        isStrict: false,
      }
    },
  )
  return [...mounts, ...tmpfs].sort((a, b) => (a.target < b.target ? -1 : 1))
}

interface AskedMount {
  Type: string
  Target: string
  BindOptions?: { Propagation?: string }
  VolumeOptions?: { Subpath?: string }
}

/** What was asked for after the second colon; what the Engine reports as the mode is partly its own. */
function looseOptions(binds: readonly string[], source: string, target: string): string {
  const start = `${source}:${target}:`
  const asked = binds.find((bind) => bind.startsWith(start))?.slice(start.length) ?? ''
  return asked
    .split(',')
    .filter((part) => part !== '' && part !== 'ro' && part !== 'rw')
    .join(',')
}
