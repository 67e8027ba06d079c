import { Badge } from '#components/ui/badge'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { Tooltip } from '#components/ui/tooltip'
import type { AuditEntry } from '#lib/api/audit'
import { formatSpan } from '#lib/format/time'
import type { AuditFields } from './use-audit.ts'

const tones = { ok: 'neutral', denied: 'warn', failed: 'bad', unknown: 'accent' } as const

/** Rows of the audit; a click on who, action or target filters by it. */
export function AuditTable({
  entries,
  onFilter,
}: {
  entries: readonly AuditEntry[]
  onFilter: (part: Partial<AuditFields>) => void
}) {
  return (
    <Table label="Audit">
      <TableHead>
        <HeadCell>When</HeadCell>
        <HeadCell>Who</HeadCell>
        <HeadCell>Action</HeadCell>
        <HeadCell>On what</HeadCell>
        <HeadCell>Result</HeadCell>
        <HeadCell className="@max-[60rem]/body:hidden">From</HeadCell>
        <HeadCell className="@max-[72rem]/body:hidden">With</HeadCell>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} onFilter={onFilter} />
        ))}
      </TableBody>
    </Table>
  )
}

function Line({ entry, onFilter }: { entry: AuditEntry; onFilter: (part: Partial<AuditFields>) => void }) {
  const target = entry.targetName || entry.targetId.slice(0, 24)
  const params = Object.entries(entry.params).filter(([key]) => key !== 'id' && key !== 'project')
  const words = params.map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return (
    <Row data-audit={entry.id}>
      <Cell className="whitespace-nowrap text-muted">
        <time dateTime={new Date(entry.atMs).toISOString()} suppressHydrationWarning>
          {new Date(entry.atMs).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' })}
        </time>
      </Cell>
      <Cell>
        <FilterButton name="Only" value={entry.user} onClick={() => onFilter({ user: entry.user })} />
        {entry.token ? <span className="ml-1.5 text-xs text-muted">by token {entry.token}</span> : null}
        {entry.user === '' ? <span className="text-faint">not signed in</span> : null}
      </Cell>
      <Cell narrow="title">
        <FilterButton name="Only" value={entry.action} onClick={() => onFilter({ action: entry.action })} />
      </Cell>
      <Cell className="max-w-60 truncate" title={entry.targetId}>
        <FilterButton name="Only" value={target} onClick={() => onFilter({ target })} />
      </Cell>
      <Cell narrow="end">
        <Result entry={entry} />
      </Cell>
      <Cell className="font-mono text-xs text-muted @max-[60rem]/body:hidden" narrow="hidden">
        {entry.ip}
      </Cell>
      <Cell
        className="max-w-80 truncate text-xs text-muted @max-[72rem]/body:hidden"
        narrow="hidden"
        title={words.join('\n')}
      >
        {words.join(', ')}
      </Cell>
    </Row>
  )
}

function Result({ entry }: { entry: AuditEntry }) {
  const detail =
    entry.result === 'unknown'
      ? 'It has not ended yet, or Composure was killed while it ran.'
      : [entry.error, entry.durationMs === null ? null : formatSpan(entry.durationMs)]
          .filter(Boolean)
          .join(', ')
  return (
    <Tooltip text={detail}>
      <button type="button" className="cursor-default rounded-sm">
        <Badge tone={tones[entry.result]}>{entry.result}</Badge>
        {entry.error ? (
          <span className="ml-1.5 text-xs text-muted">{entry.error.replaceAll('_', ' ')}</span>
        ) : null}
      </button>
    </Tooltip>
  )
}

function FilterButton({ name, value, onClick }: { name: string; value: string; onClick: () => void }) {
  if (value === '') return null
  return (
    <button
      type="button"
      title={`${name} ${value}`}
      onClick={onClick}
      className="max-w-full truncate rounded-sm text-left hover:underline"
    >
      {value}
    </button>
  )
}
