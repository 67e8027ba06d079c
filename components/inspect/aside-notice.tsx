import Link from 'next/link'
import { useContainers } from '#components/live/hooks'
import { CommandBlock } from '#components/ui/command-line'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import { type Container, isAlive } from '#lib/docker/containers/container'
import { nameBeforeAside } from '#lib/run/aside-name'

/** On a container that stepped aside for a new one and could not be put back: what it is, and how to mend it. */
export function AsideNotice({ container }: { container: Container }) {
  const before = nameBeforeAside(container)
  const successor = useContainers().find(({ name }) => name === before)
  if (before === null) return null
  const { name, id } = container
  const isUp = isAlive(container)
  return (
    <section
      aria-label="Left behind"
      className="mx-4 mt-1 mb-3 grid sm:mx-6 gap-2 rounded-md border border-line border-l-[3px] border-l-warn bg-panel px-3.5 py-2.5"
    >
      <p>
        <span className="font-medium">This is {before} as it was before it was made again.</span>{' '}
        {successor ? (
          <>
            <Link href={pages.container(successor.id)} className="text-accent hover:underline">
              {before}
            </Link>{' '}
            is there: when it does what it should, remove this one. Its volumes stay.
          </>
        ) : (
          `Nothing is called ${before} now: give it its name back${isUp ? '' : ', and start it'}.`
        )}
      </p>
      <CommandBlock
        commands={
          successor
            ? [command.rm([name])]
            : [command.rename(id.slice(0, 12), before), ...(isUp ? [] : [command.act('start', [before])])]
        }
      />
    </section>
  )
}
