'use client'

import { type CSSProperties, useState } from 'react'
import { Field, Textarea } from '#components/ui/field'
import type { RunForm } from './run-form-store.tsx'

interface DraftProps<Value> {
  form: RunForm
  /** The field its mistakes belong to. */
  name: string
  label: string
  hint: string
  placeholder: string
  value: Value
  print: (value: Value) => string
  read: (text: string) => { value: Value; problem: string | null }
  onChange: (value: Value) => void
  rows?: number
}

/** A list as text. What is typed stays as typed; when the value changes elsewhere (the line), the text follows. */
export function DraftArea<Value>(props: DraftProps<Value>) {
  const { form, name, value, print, read } = props
  const [text, setText] = useState(() => print(value))
  const printed = print(value)
  const [seen, setSeen] = useState(printed)
  if (printed !== seen) {
    setSeen(printed)
    if (print(read(text).value) !== printed) setText(printed)
  }
  return (
    <Field label={props.label} hint={props.hint} error={form.faultOf(name)?.message ?? null}>
      {(control) => (
        <Textarea
          {...control}
          isMono
          rows={props.rows ?? 4}
          className="field-sizing-content min-h-(--least)!"
          style={{ '--least': `${(props.rows ?? 4) * 20 + 14}px` } as CSSProperties}
          placeholder={props.placeholder}
          value={text}
          onChange={(event) => {
            const next = event.target.value
            const { value: changed, problem } = read(next)
            setText(next)
            if (print(changed) !== printed) props.onChange(changed)
            form.noteDraft(name, problem)
          }}
        />
      )}
    </Field>
  )
}
