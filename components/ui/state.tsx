import type { ReactNode } from 'react'
import { cx } from '#lib/format/cx'

/** good: as it should be. warn: watch it. bad: needs you. idle: off on purpose. */
export type Tone = 'good' | 'warn' | 'bad' | 'idle'

const shapes: Record<Tone, string> = {
  good: 'rounded-full bg-good',
  warn: 'rotate-45 rounded-[1px] bg-warn',
  bad: 'rounded-[1px] bg-bad',
  idle: 'rounded-full border-[1.5px] border-idle',
}

const words: Record<Tone, string> = {
  good: 'text-text',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-faint',
}

/** The shape alone: dot, diamond, square, ring. Give it a `label` where no word stands beside it. */
export function StateMark({ tone, label, className }: { tone: Tone; label?: string; className?: string }) {
  return (
    <span
      className={cx('inline-block size-[7px] shrink-0', shapes[tone], className)}
      data-tone={tone}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  )
}

/** State as shape, word and colour; never colour alone. */
export function State({
  tone,
  children,
  className,
}: {
  tone: Tone
  children: ReactNode
  className?: string
}) {
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-[7px]', words[tone], className)}>
      <StateMark tone={tone} />
      <span className="truncate">{children}</span>
    </span>
  )
}
