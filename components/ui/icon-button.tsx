'use client'

import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import type { Need } from '#lib/api/abilities'
import { cx } from '#lib/format/cx'
import { useRefusal } from './abilities.tsx'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The name for people and for screen readers; also the tooltip. */
  label: string
  icon: LucideIcon
  /** More words in the tooltip, for example the command. */
  detail?: ReactNode
  isPending?: boolean
  /** What one must be allowed for it; who is not sees it greyed, with the reason in the tooltip. */
  needs?: Need
}

/** A button with an icon only; it always has a name and a tooltip. */
export function IconButton({
  label,
  icon: Icon,
  detail,
  isPending = false,
  needs,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  const refusal = useRefusal(needs)
  const Shown = isPending ? LoaderCircle : Icon
  return (
    <Tooltip
      text={
        <>
          {label}
          {refusal ? (
            <span className="mt-0.5 block text-2xs text-muted">{refusal}</span>
          ) : detail ? (
            <span className="mt-0.5 block font-mono text-2xs text-muted">{detail}</span>
          ) : null}
        </>
      }
    >
      <button
        type="button"
        {...rest}
        onClick={refusal ? undefined : onClick}
        aria-label={label}
        aria-disabled={refusal !== null || undefined}
        aria-busy={isPending || undefined}
        className={cx(
          'inline-grid size-7 shrink-0 place-items-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-text disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-50 data-[state=open]:bg-hover data-[state=open]:text-text pointer-coarse:size-9',
          className,
        )}
      >
        <Shown aria-hidden className={cx('size-4', isPending && 'animate-turn')} strokeWidth={1.75} />
      </button>
    </Tooltip>
  )
}
