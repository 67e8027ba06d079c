import { z } from 'zod'
import { auditFilter } from '#lib/api/audit-request'
import { exportAudit } from '#server/auth/audit-log'
import { handle, readQuery } from '#server/http/handle'

export const dynamic = 'force-dynamic'

const query = auditFilter.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl') })

export const GET = handle({ role: 'admin', isStream: true }, async ({ request }) => {
  const { format, ...filter } = readQuery(request, query)
  return exportAudit(filter, format)
})
