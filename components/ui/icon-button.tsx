'use client'

import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from '#lib/format/cx'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The name for people and for screen readers; also the tooltip. */
  label: string
  icon: LucideIcon
  /** More words in the tooltip, for example the command. */
  detail?: ReactNode
  isPending?: boolean
}

/** A button with an icon only; it always has a name and a tooltip. */
export function IconButton({
  label,
  icon: Icon,
  detail,
  isPending = false,
  className,
  ...rest
}: IconButtonProps) {
  const Shown = isPending ? LoaderCircle : Icon
  return (
    <Tooltip
      text={
        <>
          {label}
          {detail ? <span className="mt-0.5 block font-mono text-2xs text-muted">{detail}</span> : null}
        </>
      }
    >
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-busy={isPending || undefined}
        className={cx(
          'inline-grid size-7 shrink-0 place-items-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-text disabled:opacity-50 data-[state=open]:bg-hover data-[state=open]:text-text pointer-coarse:size-9',
          className,
        )}
      >
        <Shown aria-hidden className={cx('size-4', isPending && 'animate-turn')} strokeWidth={1.75} />
      </button>
    </Tooltip>
  )
}
