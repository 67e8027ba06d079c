import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from '#lib/format/cx'

const box =
  'w-full rounded-md border border-line-strong bg-panel px-2.5 text-sm text-text placeholder:text-faint hover:border-faint/60 focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-bad'

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with the value; replaces the hint and is read out. */
  error?: string | null
  /** Gets what the control needs: `<Field label="Name">{(control) => <Input {...control} />}</Field>` */
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}

/** A label, a control and its hint or error. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': Boolean(error) })}
      <p
        id={noteId}
        className={cx('min-h-[18px] text-xs', error ? 'text-bad' : 'text-faint')}
        aria-live="polite"
      >
        {error ?? hint}
      </p>
    </div>
  )
}

/** `isMono` for names, paths, commands: what is copied to the letter. */
export function Input({
  isMono = false,
  className,
  ...rest
}: ComponentProps<'input'> & { isMono?: boolean }) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      {...rest}
      className={cx(box, 'h-8 pointer-coarse:h-10', isMono && 'font-mono text-xs', className)}
    />
  )
}

/** The system's own select: best on phones and for screen readers. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select {...rest} className={cx(box, 'h-8 pr-7 pointer-coarse:h-10', className)}>
      {children}
    </select>
  )
}

export function Textarea({
  isMono = false,
  className,
  ...rest
}: ComponentProps<'textarea'> & { isMono?: boolean }) {
  return (
    <textarea
      spellCheck={false}
      {...rest}
      className={cx(box, 'min-h-20 py-1.5', isMono && 'font-mono text-xs leading-5', className)}
    />
  )
}
