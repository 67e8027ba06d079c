import 'server-only'

export type SqlValue = string | number | null | Uint8Array

/** The little that both drivers do alike: statements with `?`, numbers as numbers, bytes as bytes. Used by one caller at a time. */
export interface Sql {
  readonly kind: 'sqlite' | 'postgres'
  all: <Row>(text: string, params?: readonly SqlValue[]) => Promise<Row[]>
  run: (text: string, params?: readonly SqlValue[]) => Promise<void>
  /** All or nothing, and no other writer meanwhile, also of other processes. */
  transaction: <Value>(run: () => Promise<Value>) => Promise<Value>
  /** Gives room that is free in the files back to the disk, where the database does not by itself. */
  giveBack: () => Promise<void>
  close: () => Promise<void>
}

/** How a thread opens its connection; crosses threads. */
export type SqlPlace = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string }

export async function openSql(place: SqlPlace, access: 'write' | 'read'): Promise<Sql> {
  if (place.kind === 'sqlite') {
    const { openSqlite } = await import('./sqlite/connection.ts')
    return openSqlite(place.file, access)
  }
  const { openPostgres } = await import('./postgres/connection.ts')
  return openPostgres(place.url, access)
}
