import { z } from 'zod'
import type { AuditPage } from '#lib/api/audit'
import { auditFilter } from '#lib/api/audit-request'
import { readAudit } from '#server/auth/audit-log'
import { handle, readQuery } from '#server/http/handle'

export const dynamic = 'force-dynamic'

const query = auditFilter.extend({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  before: z.coerce.number().int().min(1).optional(),
})

export const GET = handle({ role: 'admin' }, async ({ request }): Promise<AuditPage> => {
  const { limit, before, ...filter } = readQuery(request, query)
  return readAudit(filter, limit, before ?? null)
})
