'use client'

import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react'
import { cx } from '#lib/format/cx'

interface BoxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'checked'> {
  isChecked: boolean
  /** Neither all nor none: a list's "select all". */
  isMixed?: boolean
  onChange: (isChecked: boolean) => void
}

/** A bare checkbox; needs `aria-label`. */
export function CheckBox({ isChecked, isMixed = false, onChange, className, ...rest }: BoxProps) {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = isMixed
  }, [isMixed])
  return (
    <input
      ref={ref}
      type="checkbox"
      {...rest}
      checked={isChecked}
      onChange={(event) => onChange(event.target.checked)}
      className={cx('block size-3.5 shrink-0 cursor-pointer accent-accent', className)}
    />
  )
}

/** A checkbox with its words and, under them, what it means. */
export function CheckField({ label, hint, ...rest }: BoxProps & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className="flex cursor-pointer gap-2.5">
      <CheckBox {...rest} className="mt-[3px]" />
      <span className="min-w-0">
        {label}
        {hint ? <span className="block text-xs text-faint">{hint}</span> : null}
      </span>
    </label>
  )
}

/** On or off, at once. */
export function Switch({
  isOn,
  onChange,
  label,
}: {
  isOn: boolean
  onChange: (isOn: boolean) => void
  label: ReactNode
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      onClick={() => onChange(!isOn)}
      className="inline-flex h-7 items-center gap-2 rounded-md text-sm text-muted hover:text-text aria-checked:text-text"
    >
      <span
        aria-hidden
        className={cx(
          'flex h-4 w-7 items-center rounded-full p-0.5 transition-colors duration-100',
          isOn ? 'bg-accent' : 'bg-line-strong',
        )}
      >
        <span
          className={cx(
            'size-3 rounded-full bg-panel transition-transform duration-100',
            isOn && 'translate-x-3',
          )}
        />
      </span>
      {label}
    </button>
  )
}
