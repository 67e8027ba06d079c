import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { Bytes } from '#components/ui/bytes'
import { Switch } from '#components/ui/checkbox'
import { Menu, MenuItem } from '#components/ui/menu'
import { RelativeTime } from '#components/ui/relative-time'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import type { HistoryProjectUse } from '#lib/api/history'
import { pages } from '#lib/api/paths'

export interface KeptTableProps {
  projects: readonly HistoryProjectUse[]
  mayChange: boolean
  onSwitch: (project: HistoryProjectUse, isRecorded: boolean) => void
  onDelete: (project: HistoryProjectUse) => void
}

/** What is kept of each project, and whether it is recorded. */
export function KeptTable({ projects, mayChange, onSwitch, onDelete }: KeptTableProps) {
  return (
    <Table label="Kept logs by project">
      <TableHead>
        <HeadCell>Project</HeadCell>
        <HeadCell>Recorded</HeadCell>
        <HeadCell align="end">Lines</HeadCell>
        <HeadCell align="end">On disk</HeadCell>
        <HeadCell>Since</HeadCell>
        <HeadCell>Last line</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {projects.map((project) => (
          <Row key={project.project} data-project={project.project}>
            <Cell narrow="title">
              <ProjectName name={project.project} />
            </Cell>
            <Cell>
              {mayChange ? (
                <Switch
                  isOn={project.isRecorded}
                  onChange={(isOn) => onSwitch(project, isOn)}
                  label={<span className="sr-only">Record {project.project || 'what is outside'}</span>}
                />
              ) : project.isRecorded ? (
                'yes'
              ) : (
                'no'
              )}
            </Cell>
            <Cell align="end" narrow="hidden" className="tabular-nums">
              {project.lineCount.toLocaleString('en')}
            </Cell>
            <Cell align="end">
              <Bytes value={project.storedBytes} />
            </Cell>
            <Cell narrow="hidden" className="text-muted">
              <When atMs={project.firstLineAtMs} />
            </Cell>
            <Cell narrow="hidden" className="text-muted">
              <When atMs={project.lastLineAtMs} />
            </Cell>
            <Cell narrow="end" align="end">
              <Menu label={`Actions for ${project.project || 'outside projects'}`}>
                <MenuItem
                  icon={Trash2}
                  isDisabled={!mayChange || project.project === '' || project.lineCount === 0}
                  onSelect={() => onDelete(project)}
                >
                  Delete what is kept…
                </MenuItem>
              </Menu>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function ProjectName({ name }: { name: string }) {
  if (name === '') return <span className="text-muted">Outside projects</span>
  return (
    <Link href={pages.projectLogs(name)} className="block max-w-72 truncate font-medium hover:underline">
      {name}
    </Link>
  )
}

function When({ atMs }: { atMs: number | null }) {
  return atMs === null ? <span className="text-faint">–</span> : <RelativeTime atMs={atMs} />
}
