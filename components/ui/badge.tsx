import type { ReactNode } from 'react'
import { cx } from '#lib/format/cx'

type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad'

const tones: Record<Tone, string> = {
  neutral: 'bg-sunk text-muted',
  accent: 'bg-accent-soft text-accent',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

/** A short word beside a thing ("dangling", "internal"). State has its own component. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={cx('inline-flex items-center rounded-sm px-1.5 text-2xs leading-[18px]', tones[tone])}>
      {children}
    </span>
  )
}
