import { errorCode } from './errors.ts'

/**
 * The field a refusal is about, and its words: `bad_request` and `wrong_credentials` begin with the field (`subnet: ...`), and a taken
 * name is about the name. Null when it is about no single field.
 */
export function fieldError(error: unknown): { field: string; message: string } | null {
  const code = errorCode(error)
  if (code === null || !(error instanceof Error)) return null
  if (code === 'name_taken') return { field: 'name', message: error.message }
  const namesField = code === 'bad_request' || code === 'wrong_credentials'
  const match = namesField ? /^([a-zA-Z]+)[a-zA-Z0-9.]*: (.+)$/s.exec(error.message) : null
  return match?.[1] && match[2] ? { field: match[1], message: match[2] } : null
}
