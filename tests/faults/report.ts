import { appendFileSync } from 'node:fs'

/** One line of the table that `bin/test faults` prints at its end. */
export interface FaultRow {
  fault: string
  /** What a person or a script was told. */
  seen: string
  noticedMs?: number
  healedMs?: number
  memoryMb?: number
}

/** Adds a row: to the file that bin/test names, or to the output. */
export function report(row: FaultRow): void {
  const file = process.env.COMPOSURE_FAULTS_REPORT
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`)
  else console.log(JSON.stringify(row))
}
