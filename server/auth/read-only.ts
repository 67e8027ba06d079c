import 'server-only'
import { CodedError } from '#lib/api/errors'
import { currentEnv } from '#server/env'

/** Throws `read_only` when COMPOSURE_READ_ONLY holds everything that changes the Engine or its files back. */
export function requireWritable(): void {
  if (!currentEnv().isReadOnly) return
  throw new CodedError('read_only', 'This dashboard only reads: nothing can be changed here.', {
    hint: 'Whoever runs it has set COMPOSURE_READ_ONLY=1.',
  })
}
