'use client'

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import type { Need } from '#lib/api/abilities'
import { cx } from '#lib/format/cx'
import { useRefusal } from './abilities.tsx'
import { Tooltip } from './tooltip.tsx'

type Tone = 'plain' | 'primary' | 'danger' | 'ghost'

const tones: Record<Tone, string> = {
  plain: 'border-line-strong bg-panel text-text hover:bg-hover hover:border-faint/60',
  primary:
    'border-accent bg-accent text-on-accent font-medium hover:bg-accent-strong hover:border-accent-strong',
  danger: 'border-bad bg-bad text-on-bad font-medium hover:brightness-95',
  ghost: 'border-transparent bg-transparent text-muted hover:bg-hover hover:text-text',
}

/** The classes of a button, for links and triggers that look like one. */
export function buttonClass(tone: Tone = 'plain', extra?: string): string {
  return cx(
    'relative inline-flex h-7 shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 text-sm no-underline transition-colors duration-100',
    'disabled:cursor-default disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-50 pointer-coarse:h-9',
    tones[tone],
    extra,
  )
}

export interface ButtonProps extends ComponentProps<'button'> {
  tone?: Tone
  /** Shows a turning mark in place and takes no clicks; the width stays. */
  isPending?: boolean
  /** What one must be allowed for it; who is not sees it greyed, with the reason in a tooltip. */
  needs?: Need
  /** A tooltip stands around it already and tells the reason itself (`useRefusal`). */
  hasTooltip?: boolean
}

/** A button with words. Buttons of one row have at most one `primary`. */
export function Button({
  tone = 'plain',
  isPending = false,
  needs,
  hasTooltip = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const refusal = useRefusal(needs)
  const isStill = isPending || refusal !== null || rest['aria-disabled'] === true
  const button = (
    <button
      type="button"
      {...rest}
      className={buttonClass(tone, className)}
      aria-busy={isPending || undefined}
      aria-disabled={isStill || undefined}
      onClick={isStill ? keepStill : onClick}
    >
      <span className={cx('contents', isPending && '*:opacity-0')}>
        {isPending ? <span className="inline-flex items-center gap-1.5">{children}</span> : children}
      </span>
      {isPending ? (
        <span className="absolute inset-0 grid place-items-center">
          <LoaderCircle aria-hidden className="size-3.5 animate-turn" />
        </span>
      ) : null}
    </button>
  )
  return refusal === null || hasTooltip ? button : <Tooltip text={refusal}>{button}</Tooltip>
}

/** A button that is refused sends no form either. */
function keepStill(event: { preventDefault: () => void }): void {
  event.preventDefault()
}

interface LinkButtonProps extends ComponentProps<typeof Link> {
  tone?: Tone
  /** What one must be allowed for what is there; who is not stays here, with the reason in a tooltip. */
  needs?: Need
  children: ReactNode
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({ tone = 'plain', needs, className, ...rest }: LinkButtonProps) {
  const refusal = useRefusal(needs)
  if (refusal === null) return <Link {...rest} className={buttonClass(tone, className)} />
  return (
    <Tooltip text={refusal}>
      <button type="button" aria-disabled className={buttonClass(tone, className)}>
        {rest.children}
      </button>
    </Tooltip>
  )
}
