import { cx } from '#lib/format/cx'

/** A place held for something of this size. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={cx('skeleton', className)} />
}

/** Rows of the final height, so that nothing jumps. */
export function SkeletonRows({ count = 6, label }: { count?: number; label: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-6 border-b border-line">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  )
}
