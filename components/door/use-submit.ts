import { type SubmitEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { wordsOf } from '#components/ui/error-panel'

/** Sends a form once at a time. Its field has the focus from the start, and gets it back with an error. */
export function useSubmit(send: (fields: FormData) => Promise<void>): {
  isPending: boolean
  /** False until the page's script runs: the button is off till then, or the browser would send the form itself, password in the address. */
  isAwake: boolean
  error: string | null
  fieldRef: React.RefObject<HTMLInputElement | null>
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
} {
  const isAwake = useSyncExternalStore(never, yes, no)
  const [isPending, setIsPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const fieldRef = useRef<HTMLInputElement | null>(null)
  useEffect(() => fieldRef.current?.focus(), [])
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isPending) return
    const fields = new FormData(event.currentTarget)
    setIsPending(true)
    setError(null)
    // After success the next page is on its way: the button stays busy until it is there.
    send(fields).catch((failure: unknown) => {
      const { message, hint } = wordsOf(failure)
      setError(hint ? `${message} ${hint}` : message)
      setIsPending(false)
      fieldRef.current?.select()
      fieldRef.current?.focus()
    })
  }
  return { isPending, isAwake, error, fieldRef, onSubmit }
}

const never = () => () => undefined
const yes = () => true
const no = () => false
