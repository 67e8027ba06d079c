'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { Field, Input } from '#components/ui/field'
import { pages } from '#lib/api/paths'
import type { RunSpec } from '#lib/run/run-spec'
import type { FieldFault, RunForm } from './run-form-store.tsx'

type TextKey =
  | 'image'
  | 'name'
  | 'hostname'
  | 'restart'
  | 'memory'
  | 'cpus'
  | 'processes'
  | 'user'
  | 'workingDir'

/** One field of the spec that is a line of text. */
export function TextField({
  form,
  name,
  label,
  hint,
  placeholder,
  list,
}: {
  form: RunForm
  name: TextKey
  label: string
  hint?: ReactNode
  placeholder?: string
  list?: string
}) {
  const fault = form.faultOf(name)
  return (
    <div>
      <Field label={label} hint={hint} error={fault?.message ?? null}>
        {(control) => (
          <Input
            {...control}
            isMono
            list={list}
            placeholder={placeholder}
            value={form.spec[name]}
            onChange={(event) => form.edit({ [name]: event.target.value.trim() } as Partial<RunSpec>)}
          />
        )}
      </Field>
      <Holder fault={fault} />
    </div>
  )
}

/** The way to the container that is in the way. */
export function Holder({ fault }: { fault: FieldFault | null }) {
  if (!fault?.holder) return null
  return (
    <Link
      href={pages.container(fault.holder.id)}
      prefetch={false}
      className="text-xs text-accent hover:underline"
    >
      Open {fault.holder.name}
    </Link>
  )
}

/** What is wrong with a row of several inputs; they name it by `id`. */
export function RowFault({ id, fault }: { id: string; fault: FieldFault | null }) {
  return (
    <p id={id} aria-live="polite" className="text-xs text-bad empty:hidden">
      {fault ? (
        <>
          {fault.message} <Holder fault={fault} />
        </>
      ) : null}
    </p>
  )
}
