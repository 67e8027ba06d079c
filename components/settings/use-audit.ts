'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useUrlState } from '#components/ui/use-url-state'
import { getJson, openStream } from '#lib/api/client'
import type { AuditEntry, AuditPage } from '#lib/api/audit'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'

const names = ['user', 'action', 'target', 'result', 'from', 'to'] as const
export type AuditField = (typeof names)[number]
/** As the fields have it; times as `datetime-local` writes them, in this browser's zone. */
export type AuditFields = Record<AuditField, string>

/** The audit as it is filtered in the URL, a page at a time. */
export function useAudit() {
  const { view: fields, change } = useUrlState(read, write)
  const search = toSearch(fields)
  const query = useInfiniteQuery({
    queryKey: [...queryKeys.audit, search],
    queryFn: ({ pageParam, signal }) =>
      getJson<AuditPage>(`${paths.audit}?${search}${pageParam === null ? '' : `&before=${pageParam}`}`, {
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextBefore,
    staleTime: 0,
    // While somebody types, the rows of the last filter stay.
    placeholderData: (before) => before,
  })
  const entries: readonly AuditEntry[] | null = query.data?.pages.flatMap((page) => page.entries) ?? null
  return { fields, change, entries, query, search }
}

function read(params: URLSearchParams): AuditFields {
  // Every name is there.
  return Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as AuditFields
}

function write(fields: AuditFields): URLSearchParams {
  return new URLSearchParams(names.flatMap((name) => (fields[name] === '' ? [] : [[name, fields[name]]])))
}

function toSearch(fields: AuditFields): string {
  const time = (text: string): string => {
    const ms = Date.parse(text)
    return Number.isNaN(ms) ? '' : String(ms)
  }
  const values = { ...fields, from: time(fields.from), to: time(fields.to) }
  return write(values).toString()
}

/** Saves what the filter lets through as a file. */
export async function downloadAudit(search: string, format: 'jsonl' | 'csv'): Promise<void> {
  const response = await openStream(`${paths.auditExport}?${search}&format=${format}`)
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = `composure-audit.${format}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
