import { cx } from '#lib/format/cx'

/** How far something is, 0 to 1; null while nobody knows. */
export function ProgressBar({ fraction, label }: { fraction: number | null; label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(fraction === null ? {} : { 'aria-valuenow': Math.round(fraction * 100) })}
      className="h-1 w-full overflow-hidden rounded-full bg-sunk"
    >
      <div
        className={cx(
          'h-full rounded-full bg-accent transition-[width] duration-150',
          fraction === null && 'animate-pulse',
        )}
        style={{ width: fraction === null ? '30%' : `${Math.min(1, Math.max(0, fraction)) * 100}%` }}
      />
    </div>
  )
}
