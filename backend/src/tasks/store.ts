import type { Database } from '../database/database.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import type { NewTask, TaskChange, TaskPageQuery } from './schema.ts'

export type Task = {
  id: number
  title: string
  notes: string
  status: string
  version: number
  createdAt: Date
  updatedAt: Date
}

const columns = 'id, title, notes, status, version, created_at as "createdAt", updated_at as "updatedAt"'

/** One page of tasks, newest first; nextCursor is null on the last one. Throws a 400 for a cursor it did not make. */
export async function listTasks(
  database: Database,
  { status, cursor, limit }: TaskPageQuery,
): Promise<{ items: Task[]; nextCursor: string | null }> {
  const before = cursor === undefined ? null : decodeCursor(cursor)
  // One row more than asked for tells whether there is a next page.
  const rows = await database.query<Task>(
    `select ${columns} from tasks
     where ($1::text is null or status = $1) and ($2::bigint is null or id < $2)
     order by id desc limit $3 + 1`,
    [status ?? null, before, limit],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && rows.length > limit ? encodeCursor(last.id) : null }
}

export async function findTask(database: Database, id: number): Promise<Task | undefined> {
  const [task] = await database.query<Task>(`select ${columns} from tasks where id = $1`, [id])
  return task
}

export async function createTask(database: Database, { title, notes, status }: NewTask): Promise<Task> {
  const [task] = await database.query<Task>(
    `insert into tasks (title, notes, status) values ($1, $2, $3) returning ${columns}`,
    [title, notes, status],
  )
  if (!task) throw new Error('insert returned no row')
  return task
}

/** The changed task, or undefined when there is no task with this id at this version. */
export async function changeTask(
  database: Database,
  id: number,
  change: TaskChange,
): Promise<Task | undefined> {
  const [task] = await database.query<Task>(
    `update tasks set
       title = coalesce($3, title), notes = coalesce($4, notes), status = coalesce($5, status),
       version = version + 1, updated_at = now()
     where id = $1 and version = $2 returning ${columns}`,
    [id, change.version, change.title, change.notes, change.status],
  )
  return task
}

/** True when there was such a task. */
export async function deleteTask(database: Database, id: number): Promise<boolean> {
  const rows = await database.query('delete from tasks where id = $1 returning id', [id])
  return rows.length > 0
}
