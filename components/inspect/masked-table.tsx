'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { ErrorPanel } from '#components/ui/error-panel'
import { Input } from '#components/ui/field'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { MaskedValue } from '#lib/docker/containers/container-detail'

interface MaskedTableProps {
  id: string
  kind: 'variable' | 'label'
  values: readonly MaskedValue[]
}

/** Names and values; secrets come masked from the server and are shown one at a time, each showing audited. */
export function MaskedTable({ id, kind, values }: MaskedTableProps) {
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState<{ name: string; value: string } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const wanted = query.trim().toLowerCase()
  const rows = values.filter(
    ({ name, value }) => name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
  )
  const reveal = async (name: string): Promise<void> => {
    setError(null)
    try {
      const { value } = await postJson<{ value: string }>(paths.containerReveal(id), { kind, name })
      setShown({ name, value })
    } catch (cause) {
      setError(cause)
    }
  }
  return (
    <div className="grid grid-cols-1 gap-3 pt-4">
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-full max-w-64">
          <Input
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            placeholder={`Filter ${values.length} ${kind}s`}
            aria-label={`Filter ${kind}s`}
          />
        </div>
        <p className="text-xs text-faint">
          Secrets are masked by the server. Showing one is written to the audit.
        </p>
      </div>
      {error ? <ErrorPanel error={error} /> : null}
      {rows.length === 0 ? (
        <p className="text-muted">
          No {kind} contains “{query}”.
        </p>
      ) : (
        <Table label={`${kind}s`}>
          <TableHead>
            <HeadCell>Name</HeadCell>
            <HeadCell>Value</HeadCell>
            <HeadCell align="end">
              <span className="sr-only">Actions</span>
            </HeadCell>
          </TableHead>
          <TableBody>
            {rows.map(({ name, value, isMasked }) => {
              const isShown = shown?.name === name
              const text = isShown ? shown.value : value
              return (
                <Row key={name}>
                  <Cell narrow="title" isWrapping className="font-mono text-xs">
                    {name}
                  </Cell>
                  <Cell isWrapping className="font-mono text-xs whitespace-pre-wrap">
                    {text === '' ? <span className="text-faint">empty</span> : text}
                  </Cell>
                  <Cell narrow="end" align="end">
                    {isMasked && !isShown ? (
                      <Button
                        tone="ghost"
                        needs="look"
                        onClick={() => void reveal(name)}
                        aria-label={`Show ${name}`}
                      >
                        Show
                      </Button>
                    ) : null}
                    {isShown ? (
                      <Button tone="ghost" onClick={() => setShown(null)} aria-label={`Hide ${name}`}>
                        Hide
                      </Button>
                    ) : null}
                    {!isMasked || isShown ? (
                      <CopyButton text={text} label={`Copy the value of ${name}`} />
                    ) : null}
                  </Cell>
                </Row>
              )
            })}
          </TableBody>
        </Table>
      )}
    </div>
  )
}
