import { cx } from '#lib/format/cx'

/** How far something is, of 1; null while only that it moves is known. */
export function Bar({
  fraction,
  label,
  tone = 'accent',
}: {
  fraction: number | null
  label: string
  tone?: 'accent' | 'bad' | 'idle'
}) {
  const colour = tone === 'accent' ? 'bg-accent' : tone === 'bad' ? 'bg-bad' : 'bg-idle'
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={fraction === null ? undefined : Math.floor(fraction * 100)}
      className="h-1 overflow-hidden rounded-full bg-sunk"
    >
      <div
        className={cx('h-full origin-left rounded-full', colour, fraction === null && 'animate-breathe')}
        style={{ width: fraction === null ? '100%' : `${fraction * 100}%` }}
      />
    </div>
  )
}
