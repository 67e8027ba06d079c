import { z } from 'zod'
import { auditResults } from './audit.ts'

/** Query of `GET /api/audit` and `GET /api/audit/export`: words are contained without regard to case, times are epoch ms. */
export const auditFilter = z.object({
  user: z.string().max(100).default(''),
  action: z.string().max(100).default(''),
  target: z.string().max(200).default(''),
  result: z.enum(auditResults).optional(),
  from: z.coerce.number().int().min(0).optional(),
  to: z.coerce.number().int().min(0).optional(),
})

export type AuditFilter = z.output<typeof auditFilter>
