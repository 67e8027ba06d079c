import Link from 'next/link'
import { Code } from '#components/ui/code'
import { pages } from '#lib/api/paths'
import { command, type Command, formatCommand } from '#lib/docker/command'
import { asideName } from '#lib/run/aside-name'
import type { ContainerCopy } from '#lib/run/container-copy'

/** What making a container again costs, and who will not know of it. */
export function RecreateNotice({ copy }: { copy: ContainerCopy }) {
  const { compose, isRunning, name, anonymousVolumes, spec } = copy
  const aside = asideName(name, copy.id)
  return (
    <div className="mb-4 grid gap-1 rounded-md border border-line border-l-[3px] border-l-warn bg-panel px-3.5 py-2.5">
      <p className="font-medium">
        {name} is made again:{' '}
        {isRunning ? 'it stops, and the new one starts.' : 'it does not run, and the new one is not started.'}
      </p>
      <ul className="list-disc pl-4 text-muted">
        <li>Lost: what it wrote into its own files (docker diff {name}), and its log.</li>
        <li>
          Kept: its volumes
          {anonymousVolumes.length > 0
            ? `, also ${anonymousVolumes.length} without a name, mounted again below`
            : ''}
          . If the new one does not run, the old one comes back, also when Composure ends in between.
        </li>
        <li>
          As commands: <Line command={command.rename(name, aside)} />
          {isRunning ? (
            <>
              , <Line command={command.act('stop', [aside])} />
            </>
          ) : null}
          , the line below, and <Line command={command.rm([aside])} />.
        </li>
        {spec.isRemovedAtEnd ? (
          <li>It was run with --rm: once it has stopped there is no way back.</li>
        ) : null}
        {compose ? (
          <li>
            It belongs to{' '}
            <Link href={pages.project(compose.project)} className="text-accent hover:underline">
              {compose.project}
            </Link>
            : Compose does not know of the change. Its file stays as it is, and the next up that makes{' '}
            {compose.service} again undoes it. To keep it, change the file.
          </li>
        ) : null}
      </ul>
    </div>
  )
}

const Line = ({ command: line }: { command: Command }) => <Code>{formatCommand(line)}</Code>

/** What a duplicate does not take along. */
export function DuplicateNotice({ copy }: { copy: ContainerCopy }) {
  return (
    <p className="mb-4 text-muted">
      One more like {copy.name}: give it another name and other host ports. It shares its volumes; its own
      files, its names in networks{copy.compose ? ', its place in the project' : ''} and volumes without a
      name are not taken along.
    </p>
  )
}
