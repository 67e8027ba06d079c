'use client'

import { Download } from 'lucide-react'
import { useDeferredValue } from 'react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { Input, Select } from '#components/ui/field'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuItem } from '#components/ui/menu'
import { PageBody } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { notify } from '#components/ui/toast'
import { Toolbar } from '#components/ui/toolbar'
import { auditResults } from '#lib/api/audit'
import { AuditTable } from './audit-table.tsx'
import { type AuditFields, downloadAudit, useAudit } from './use-audit.ts'

const none: AuditFields = { user: '', action: '', target: '', result: '', from: '', to: '' }

/** What was done and tried, by whom and how it went. */
export function AuditPage() {
  const { fields, change, entries, query, search } = useAudit()
  const shown = useDeferredValue(entries)
  const isFiltered = Object.values(fields).some((value) => value !== '')
  const save = (format: 'jsonl' | 'csv') =>
    void downloadAudit(search, format).catch((error: unknown) =>
      notify.error('Could not save the audit', error),
    )
  return (
    <>
      <Toolbar>
        <Filters fields={fields} onChange={change} />
        <Menu label="Save what is shown" trigger={<IconButton label="Save what is shown" icon={Download} />}>
          <MenuItem icon={Download} onSelect={() => save('csv')}>
            CSV, for a spreadsheet
          </MenuItem>
          <MenuItem icon={Download} onSelect={() => save('jsonl')}>
            JSON lines
          </MenuItem>
        </Menu>
      </Toolbar>
      <PageBody>
        {query.error ? <ErrorPanel error={query.error} onRetry={() => void query.refetch()} /> : null}
        {shown === null ? (
          query.error ? null : (
            <SkeletonRows label="Reading the audit" count={10} />
          )
        ) : shown.length === 0 ? (
          <EmptyState
            title={isFiltered ? 'Nothing fits this filter' : 'Nothing was done yet'}
            action={isFiltered ? <Button onClick={() => change(none)}>Show everything</Button> : null}
          >
            Every change leaves a row here: who, what, on what, and how it went.
          </EmptyState>
        ) : (
          <>
            <AuditTable entries={shown} onFilter={change} />
            {query.hasNextPage ? (
              <div className="flex justify-center py-4">
                <Button isPending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show older rows
                </Button>
              </div>
            ) : null}
          </>
        )}
      </PageBody>
    </>
  )
}

function Filters({
  fields,
  onChange,
}: {
  fields: AuditFields
  onChange: (part: Partial<AuditFields>) => void
}) {
  const text = (name: 'user' | 'action' | 'target', label: string, placeholder: string) => (
    <Input
      aria-label={label}
      placeholder={placeholder}
      className="min-w-28 flex-1 basis-28 sm:max-w-44"
      value={fields[name]}
      onChange={(event) => onChange({ [name]: event.target.value })}
    />
  )
  const time = (name: 'from' | 'to', label: string) => (
    <label className="flex items-center gap-1.5 text-xs text-muted">
      {label}
      <span className="w-48 shrink-0">
        <Input
          type="datetime-local"
          value={fields[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      </span>
    </label>
  )
  return (
    <div
      role="search"
      aria-label="Filter the audit"
      className="flex min-w-0 flex-1 flex-wrap items-center gap-2"
    >
      {text('user', 'Who', 'Who')}
      {text('action', 'Action', 'Action')}
      {text('target', 'On what', 'On what')}
      <div className="w-36 shrink-0">
        <Select
          aria-label="Result"
          value={fields.result}
          onChange={(event) => onChange({ result: event.target.value })}
        >
          <option value="">Any result</option>
          {auditResults.map((result) => (
            <option key={result} value={result}>
              {result}
            </option>
          ))}
        </Select>
      </div>
      {time('from', 'From')}
      {time('to', 'to')}
    </div>
  )
}
