import type { ComposeModel, ComposeService, ComposeVolume, FileReference } from '../../model.ts'
import { entriesOf, keyedPairs, listOf, plainDollars, type SettingPair } from '../pair.ts'
import type { RawConfig, RawContainer, RawMountOptions } from '../raw.ts'
import { sizeBytes } from '../units.ts'

/** Volumes, binds, tmpfs, and the files that configs and secrets are, each by its place in the container. */
export function mountPairs(
  service: ComposeService,
  model: ComposeModel,
  container: RawContainer,
  image: RawConfig | null,
): SettingPair[] {
  const files = wantedFiles(service, model)
  const mounts = keyedPairs('volumes', mountsOf(container, image), wantedMounts(service, model, image, files))
  return [
    ...mounts.map((each) => ({ ...each, setting: settingOf(each, files, model) })),
    ...keyedPairs(
      'tmpfs',
      new Map(entriesOf(container.HostConfig.Tmpfs).map(([path, options]) => [path, options || 'mounted'])),
      wantedTmpfs(service),
    ),
    ...volumesFrom(service, container),
  ]
}

interface WantedFile {
  setting: string
  path: string
}

/** Configs and secrets that are files of the machine: Compose mounts them. What comes from a variable is copied in and leaves no trace. */
function wantedFiles(service: ComposeService, model: ComposeModel): Map<string, WantedFile> {
  const of = (kind: 'configs' | 'secrets', folder: string): [string, WantedFile][] =>
    ((service[kind] ?? []) as FileReference[]).flatMap(({ source, target = source }) => {
      const path = model[kind]?.[source]?.file
      const place = target.startsWith('/') ? target : `${folder}${target}`
      return path ? [[place, { setting: `${kind}.${place}`, path: plainDollars(path) }]] : []
    })
  return new Map([...of('configs', '/'), ...of('secrets', '/run/secrets/')])
}

/** A mount's setting as the file calls it: one that went is told by what the project has. */
function settingOf(
  { setting, before }: SettingPair,
  files: ReadonlyMap<string, WantedFile>,
  model: ComposeModel,
): string {
  const place = setting.slice('volumes.'.length)
  const wanted = files.get(place)
  if (wanted) return wanted.setting
  if (place.startsWith('/run/secrets/')) return `secrets.${place}`
  const isConfig = Object.values(model.configs ?? {}).some(
    (each) => each?.file && before === fileWords(each.file),
  )
  return isConfig ? `configs.${place}` : setting
}

const fileWords = (path: string): string => `${plainDollars(path)}, read-only`

/** Mounts by their place in the container; a volume without a name is "anonymous" where it is not the image's. */
function mountsOf(container: RawContainer, image: RawConfig | null): Map<string, string> {
  const options = new Map((container.HostConfig.Mounts ?? []).map((each) => [each.Target ?? '', each]))
  const modes = new Map((container.HostConfig.Binds ?? []).map(bindMode))
  const inherited = new Set(
    volumesFromPlaces(container) ? container.Mounts.map((each) => each.Destination) : [],
  )
  return new Map(
    container.Mounts.flatMap(({ Type, Name = '', Source = '', Destination, RW }): [string, string][] => {
      const isAnonymous = Type === 'volume' && /^[a-f0-9]{64}$/.test(Name)
      if (isAnonymous && Object.hasOwn(image?.Volumes ?? {}, Destination)) return []
      const asked = options.get(Destination)
      // Of another container, by volumes_from: not this one's own.
      if (inherited.has(Destination) && !asked && !modes.has(Destination)) return []
      const source = isAnonymous ? '' : Type === 'volume' ? Name : Source
      const more = asked ? optionWords(asked) : (modes.get(Destination) ?? [])
      return [[Destination, mountWords(Type, source, !RW, more)]]
    }),
  )
}

const volumesFromPlaces = ({ HostConfig: { VolumesFrom } }: RawContainer): boolean =>
  (VolumesFrom ?? []).length > 0

/** `/a:/b:ro,z` to `/b` and the words that are not about writing. */
function bindMode(bind: string): [string, string[]] {
  const parts = bind.split(':')
  const [mode = '', place = ''] = parts.length > 2 ? [parts.at(-1), parts.at(-2)] : ['', parts.at(-1)]
  return [place, mode.split(',').filter((each) => !['', 'rw', 'ro', 'rprivate'].includes(each))]
}

function optionWords({
  BindOptions: bind,
  VolumeOptions: volume,
  TmpfsOptions: tmpfs,
}: RawMountOptions): string[] {
  return [
    bind?.Propagation ?? '',
    volume?.NoCopy ? 'nocopy' : '',
    volume?.Subpath ? `subpath ${volume.Subpath}` : '',
    tmpfs?.SizeBytes ? `size ${tmpfs.SizeBytes}` : '',
    tmpfs?.Mode ? `mode ${tmpfs.Mode.toString(8)}` : '',
  ].filter((each) => each !== '' && each !== 'rprivate')
}

function wantedMounts(
  service: ComposeService,
  model: ComposeModel,
  image: RawConfig | null,
  files: ReadonlyMap<string, WantedFile>,
): Map<string, string> {
  const mounts = (service.volumes ?? []).flatMap((volume): [string, string][] => {
    const { type, source = '', target, read_only: isReadOnly = false } = volume
    if (type === 'volume' && source === '' && Object.hasOwn(image?.Volumes ?? {}, target)) return []
    const isNamed = type === 'volume' && source !== ''
    const name = isNamed ? (model.volumes?.[source]?.name ?? `${model.name}_${source}`) : plainDollars(source)
    return [[target, mountWords(type, name, isReadOnly, wantedOptions(volume))]]
  })
  return new Map([
    ...mounts,
    ...[...files].map(([place, { path }]): [string, string] => [place, fileWords(path)]),
  ])
}

function wantedOptions({ type, bind, volume, tmpfs }: ComposeVolume): string[] {
  // With a propagation of its own Compose asks for the mount in a way that has no SELinux label.
  const label = bind?.propagation ? '' : (bind?.selinux ?? '')
  return [
    label,
    ...optionWords({
      Type: type,
      BindOptions: { Propagation: bind?.propagation ?? '' },
      VolumeOptions: { NoCopy: volume?.nocopy === true, Subpath: volume?.subpath ?? '' },
      TmpfsOptions: { SizeBytes: sizeBytes(tmpfs?.size) ?? 0, Mode: tmpfs?.mode ?? 0 },
    }),
  ].filter(Boolean)
}

const mountWords = (type: string, source: string, isReadOnly: boolean, more: readonly string[]): string =>
  [
    type === 'bind'
      ? source
      : `${type === 'volume' && source === '' ? 'anonymous ' : ''}${type} ${source}`.trim(),
    ...(isReadOnly ? ['read-only'] : []),
    ...more,
  ].join(', ')

function wantedTmpfs(service: ComposeService): Map<string, string> {
  return new Map(
    listOf(service.tmpfs).map((entry) => {
      const at = entry.indexOf(':')
      return at < 0 ? [entry, 'mounted'] : [entry.slice(0, at), entry.slice(at + 1)]
    }),
  )
}

/** The Engine keeps ids of containers: only how many, and how they are mounted, can be compared. */
function volumesFrom(service: ComposeService, { HostConfig: { VolumesFrom } }: RawContainer): SettingPair[] {
  const wanted = listOf(service.volumes_from)
  const modeOf = (entry: string): string => (/:(ro|rw)$/.exec(entry)?.[1] ?? 'rw').replace('rw', '')
  const before = (VolumesFrom ?? []).map(modeOf)
  const after = wanted.map(modeOf)
  if (before.join() === after.join() && before.length === after.length) return []
  const words = (modes: readonly string[]): string | null =>
    modes.length === 0
      ? null
      : `${modes.length} ${modes.length === 1 ? 'container' : 'containers'}${modes.includes('ro') ? ', read-only' : ''}`
  return [{ setting: 'volumes_from', before: words(before), after: wanted.join(', ') || null }]
}
