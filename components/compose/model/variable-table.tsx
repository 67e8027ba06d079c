import { Badge } from '#components/ui/badge'
import { EmptyState } from '#components/ui/empty-state'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import type { ModelVariable, ProjectModel, VariableSource } from '#lib/compose/project-model'

const words: Readonly<Record<VariableSource, string>> = {
  'env file': '',
  default: 'the default in the file',
  missing: 'nowhere: empty',
  required: 'nowhere, and it must be set',
}

/** Every `${VARIABLE}` of the files: its value, where that comes from, where it is used. */
export function VariableTable({
  model: { variables, workingDir },
  onGo,
}: {
  model: ProjectModel
  onGo: (path: string, line: number) => void
}) {
  if (variables.length === 0)
    return (
      <EmptyState title="No variables">
        {'The compose files use no ${VARIABLE}. Passwords and versions are good ones to begin with.'}
      </EmptyState>
    )
  const short = (path: string): string => path.replace(`${workingDir}/`, '')
  const link = (path: string, line: number) => (
    <button
      type="button"
      className="font-mono text-xs text-accent hover:underline"
      onClick={() => onGo(path, line)}
    >
      {short(path)}:{line}
    </button>
  )
  return (
    <Table label="Variables">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell>Value</HeadCell>
        <HeadCell>Comes from</HeadCell>
        <HeadCell>Used in</HeadCell>
      </TableHead>
      <TableBody>
        {variables.map((variable) => (
          <Row key={variable.name}>
            <Cell narrow="title">
              <span className="font-mono text-xs font-medium">{variable.name}</span>
            </Cell>
            <Cell>
              <span className="font-mono text-xs break-all">
                {variable.value || <span className="text-faint">empty</span>}
              </span>
            </Cell>
            <Cell>
              <Source variable={variable} link={link} />
            </Cell>
            <Cell>
              <span className="flex flex-wrap gap-x-3">
                {variable.uses.map(({ path, line }) => (
                  <span key={`${path}:${line}`}>{link(path, line)}</span>
                ))}
              </span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function Source({
  variable: { source, path, line },
  link,
}: {
  variable: ModelVariable
  link: (path: string, line: number) => React.ReactNode
}) {
  if (source === 'env file') return link(path, line)
  if (source === 'default') return <span className="text-muted">{words.default}</span>
  return <Badge tone={source === 'required' ? 'bad' : 'warn'}>{words[source]}</Badge>
}
