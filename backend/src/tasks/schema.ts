import type { FromSchema } from 'json-schema-to-ts'

const title = {
  type: 'string',
  maxLength: 200,
  // Something to read in it, and no NUL, which PostgreSQL's text cannot hold.
  pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$',
} as const
const notes = { type: 'string', maxLength: 10_000, pattern: '^[^\\u0000]*$' } as const
const status = { type: 'string', enum: ['open', 'doing', 'done'] } as const

export const newTaskSchema = {
  type: 'object',
  required: ['title'],
  additionalProperties: false,
  properties: { title, notes: { ...notes, default: '' }, status: { ...status, default: 'open' } },
} as const

export const taskChangeSchema = {
  type: 'object',
  required: ['version'],
  additionalProperties: false,
  properties: { version: { type: 'integer', minimum: 1, maximum: 2_147_483_647 }, title, notes, status },
} as const

export const taskParamsSchema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } },
} as const

export const taskPageSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    status,
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    cursor: { type: 'string', maxLength: 64 },
  },
} as const

export type NewTask = FromSchema<typeof newTaskSchema>
export type TaskChange = FromSchema<typeof taskChangeSchema>
export type TaskPageQuery = FromSchema<typeof taskPageSchema>
