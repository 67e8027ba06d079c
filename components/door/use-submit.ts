import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { wordsOf } from '#components/ui/error-panel'

/** Sends a form once at a time. Its field has the focus from the start, and gets it back with an error. */
export function useSubmit(send: () => Promise<void>): {
  isPending: boolean
  error: string | null
  fieldRef: React.RefObject<HTMLInputElement | null>
  onSubmit: (event: SubmitEvent) => void
} {
  const [isPending, setIsPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const fieldRef = useRef<HTMLInputElement | null>(null)
  useEffect(() => fieldRef.current?.focus(), [])
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isPending) return
    setIsPending(true)
    setError(null)
    // After success the next page is on its way: the button stays busy until it is there.
    send().catch((failure: unknown) => {
      const { message, hint } = wordsOf(failure)
      setError(hint ? `${message} ${hint}` : message)
      setIsPending(false)
      fieldRef.current?.select()
      fieldRef.current?.focus()
    })
  }
  return { isPending, error, fieldRef, onSubmit }
}
