import { ApiError } from '../api-error.ts'

/** An opaque name for "after the task with this id": clients pass it back and never read it. */
export function encodeCursor(id: number): string {
  return Buffer.from(`id:${id}`).toString('base64url')
}

/** The id inside a cursor of encodeCursor(); throws a 400 for anything else. */
export function decodeCursor(cursor: string): number {
  const id = Number(/^id:([1-9]\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1])
  if (Number.isSafeInteger(id)) return id
  throw new ApiError(400, 'invalid_cursor', 'cursor must be the nextCursor of an earlier page')
}
