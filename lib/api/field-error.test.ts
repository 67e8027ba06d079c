import { expect, it } from 'vitest'
import { CodedError } from './errors.ts'
import { fieldError } from './field-error.ts'

it('finds the field of a refusal', () => {
  expect(fieldError(new CodedError('bad_request', 'subnet: Write a range.'))).toEqual({
    field: 'subnet',
    message: 'Write a range.',
  })
  expect(fieldError(new CodedError('bad_request', 'aliases.0: Not a name.'))?.field).toBe('aliases')
  expect(fieldError(new CodedError('name_taken', 'Taken.'))).toEqual({ field: 'name', message: 'Taken.' })
  expect(fieldError(new CodedError('engine_error', 'subnet: no'))).toBeNull()
  expect(fieldError(new CodedError('bad_request', 'No field here.'))).toBeNull()
  expect(fieldError(new Error('subnet: x'))).toBeNull()
})
