import Link from 'next/link'
import { useId } from 'react'
import { Bytes } from '#components/ui/bytes'
import { CheckBox } from '#components/ui/checkbox'
import { RelativeTime } from '#components/ui/relative-time'
import { pages } from '#lib/api/paths'
import { type CleanupItem, type CleanupKind, freedBytes } from '#lib/docker/cleanup/cleanup'
import { formatBytes } from '#lib/format/bytes'

const titles: Readonly<Record<CleanupKind, string>> = {
  container: 'Stopped containers',
  network: 'Networks nobody is in',
  image: 'Images no container uses',
  volume: 'Volumes no container mounts',
  build_cache: 'Build cache',
}
const notes: Readonly<Record<CleanupKind, string>> = {
  container: 'What they wrote outside volumes goes with them, and so does their log.',
  network: 'Compose makes its own again at the next up.',
  image: 'Gone until pulled or built again.',
  volume: 'Their data is nowhere else. Chosen one by one.',
  build_cache: 'The next build takes longer, nothing else.',
}
const reasons: Readonly<Record<CleanupItem['reason'], string>> = {
  stopped: '',
  never_started: 'never started',
  dangling: 'no name: a newer build took it',
  unused: '',
  anonymous: 'made without a name',
  not_in_use: 'no build uses them now',
}

export interface CleanupSectionProps {
  kind: CleanupKind
  items: readonly CleanupItem[]
  isChosen: (item: CleanupItem) => boolean
  onChoose: (items: readonly CleanupItem[], isOn: boolean) => void
}

/** One kind of thing that could go, each with a box. */
export function CleanupSection({ kind, items, isChosen, onChoose }: CleanupSectionProps) {
  const headingId = useId()
  if (items.length === 0) return null
  const chosenCount = items.filter(isChosen).length
  const isAll = chosenCount === items.length
  const knownBytes = freedBytes(items)
  return (
    <section aria-labelledby={headingId}>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 border-b border-line pb-1.5">
        {kind === 'volume' ? null : (
          <CheckBox
            aria-label={`Choose all: ${titles[kind]}`}
            isChecked={isAll}
            isMixed={chosenCount > 0 && !isAll}
            onChange={(isOn) => onChoose(items, isOn)}
          />
        )}
        <h2 id={headingId} className="font-medium">
          {titles[kind]}
        </h2>
        <span className="text-xs text-faint">
          {items.length}
          {knownBytes > 0 ? `, ${formatBytes(knownBytes)}` : ''}
        </span>
        <span className="basis-full text-xs text-faint @[48rem]/body:ml-auto @[48rem]/body:basis-auto">
          {notes[kind]}
        </span>
      </div>
      <ul>
        {items.map((item) => (
          <CleanupLine
            key={item.id}
            item={item}
            isChosen={isChosen(item)}
            onChoose={(isOn) => onChoose([item], isOn)}
          />
        ))}
      </ul>
    </section>
  )
}

function CleanupLine({
  item,
  isChosen,
  onChoose,
}: {
  item: CleanupItem
  isChosen: boolean
  onChoose: (isOn: boolean) => void
}) {
  const href = hrefOf(item)
  return (
    <li className="flex min-h-9 items-center gap-2.5 border-b border-line text-sm last:border-b-0 hover:bg-hover">
      <CheckBox aria-label={`Remove ${item.name}`} isChecked={isChosen} onChange={onChoose} />
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 py-1">
        <span className="min-w-0 truncate" title={item.name}>
          {href ? (
            <Link href={href} prefetch={false} className="hover:underline">
              {shownName(item)}
            </Link>
          ) : (
            item.name
          )}
        </span>
        {item.otherNames.length > 0 ? (
          <span className="min-w-0 truncate text-xs text-faint">also {item.otherNames.join(', ')}</span>
        ) : null}
        {item.project ? <span className="text-xs text-muted">{item.project}</span> : null}
        {reasons[item.reason] ? <span className="text-xs text-faint">{reasons[item.reason]}</span> : null}
      </span>
      {item.createdAtMs === null ? null : (
        <span className="text-xs text-faint @max-[40rem]/body:hidden">
          <RelativeTime atMs={item.createdAtMs} />
        </span>
      )}
      <span className="w-20 shrink-0 text-right text-xs">
        {item.kind === 'network' ? null : <Bytes value={item.sizeBytes} />}
      </span>
    </li>
  )
}

/** A volume without a name is called by the first twelve of its digits, as everywhere. */
const shownName = ({ name, reason }: CleanupItem): string =>
  reason === 'anonymous' ? name.slice(0, 12) : name

function hrefOf({ kind, id }: CleanupItem): string | null {
  switch (kind) {
    case 'container':
      return pages.container(id)
    case 'network':
      return pages.network(id)
    case 'image':
      return pages.image(id)
    case 'volume':
      return pages.volume(id)
    case 'build_cache':
      return null
    default:
      return kind satisfies never
  }
}
