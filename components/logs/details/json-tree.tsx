'use client'

import { Columns3, Equal, EqualNot } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#components/ui/icon-button'
import { cx } from '#lib/format/cx'
import { type JsonNode, printJson } from '#lib/logs/json-line'
import { showHidden } from '#lib/logs/visible-text'
import { useLogPage } from '../log-page.tsx'
import { addField, toggleColumn } from '../view/changes.ts'

const maxChildren = 200
const maxValue = 20_000

interface NodeProps {
  name: string
  /** As `Field.key`: `request.method`. Null inside arrays, which have no fields. */
  path: string | null
  node: JsonNode
  depth: number
}

/** A JSON value as a tree: keys in their order, numbers with the digits they were written with. */
export function JsonTree({ node }: { node: Extract<JsonNode, { kind: 'object' }> }) {
  return <Children node={node} path="" depth={0} />
}

function Children({ node, path, depth }: { node: JsonNode; path: string | null; depth: number }) {
  const [isAll, setAll] = useState(false)
  const children = childrenOf(node, path)
  const shown = isAll ? children : children.slice(0, maxChildren)
  return (
    <ul className={cx(depth > 0 && 'ml-1.5 border-l border-line pl-3')}>
      {shown.map((child) => (
        <TreeNode key={child.name} {...child} depth={depth} />
      ))}
      {shown.length < children.length ? (
        <li>
          <button type="button" className="text-accent hover:underline" onClick={() => setAll(true)}>
            {`${(children.length - shown.length).toLocaleString('en')} more`}
          </button>
        </li>
      ) : null}
    </ul>
  )
}

function TreeNode({ name, path, node, depth }: NodeProps) {
  const isBranch = node.kind === 'object' || node.kind === 'array'
  if (!isBranch)
    return (
      <li className="group flex items-start gap-2">
        <span className="shrink-0 text-muted">{showHidden(name)}</span>
        <Value node={node} />
        {path === null ? null : (
          <FieldActions field={path} value={node.kind === 'string' ? node.value : node.raw} />
        )}
      </li>
    )
  const size = node.kind === 'object' ? node.entries.length : node.items.length
  return (
    <li>
      <details open={depth < 2}>
        <summary className="w-fit text-muted">
          {showHidden(name)}
          <span className="ml-2 text-faint">{node.kind === 'object' ? `{${size}}` : `[${size}]`}</span>
        </summary>
        <Children node={node} path={path} depth={depth + 1} />
      </details>
    </li>
  )
}

function Value({ node }: { node: JsonNode }) {
  const tone = { string: 'text-text', number: 'text-s2', boolean: 'text-s3', null: 'text-faint' }
  const text = node.kind === 'string' ? node.value : printJson(node)
  return (
    <span
      className={cx(
        'min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap',
        node.kind === 'object' || node.kind === 'array' ? 'text-text' : tone[node.kind],
      )}
    >
      {/* A stack in a string reads as lines. */}
      {text.slice(0, maxValue).split('\n').map(showHidden).join('\n')}
    </span>
  )
}

/** Only lines with this value, none with it, or the field as a column. */
export function FieldActions({ field, value }: { field: string; value: string }) {
  const { view, change } = useLogPage()
  const hasColumn = view.columns.some((column) => column.key === field)
  return (
    <span className="-my-0.5 flex shrink-0 opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 pointer-coarse:opacity-100">
      <IconButton
        className="size-6!"
        label={`Only lines where ${field} is this`}
        icon={Equal}
        onClick={() => change(addField(view, { key: field, value, isNot: false }))}
      />
      <IconButton
        className="size-6!"
        label={`Only lines where ${field} is not this`}
        icon={EqualNot}
        onClick={() => change(addField(view, { key: field, value, isNot: true }))}
      />
      <IconButton
        className={cx('size-6!', hasColumn && 'text-accent')}
        label={hasColumn ? `No column for ${field}` : `A column for ${field}`}
        icon={Columns3}
        onClick={() => change(toggleColumn(view, field))}
      />
    </span>
  )
}

function childrenOf(node: JsonNode, path: string | null): Omit<NodeProps, 'depth'>[] {
  if (node.kind === 'array')
    return node.items.map((item, index) => ({ name: String(index), path: null, node: item }))
  if (node.kind !== 'object') return []
  return node.entries.map(([name, child]) => ({
    name,
    path: path === null ? null : path ? `${path}.${name}` : name,
    node: child,
  }))
}
