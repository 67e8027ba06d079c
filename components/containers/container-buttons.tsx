'use client'

import { ScrollText, SquareTerminal } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useAbilities, useRefusal } from '#components/ui/abilities'
import { Button, buttonClass } from '#components/ui/button'
import { IconButton } from '#components/ui/icon-button'
import { Tooltip } from '#components/ui/tooltip'
import { pages } from '#lib/api/paths'
import { command, formatCommand } from '#lib/docker/command'
import { type Container, possibleActions } from '#lib/docker/containers/container'
import { usePendingAction } from './action-store.tsx'
import { actionWords } from './action-words.ts'
import { runAction } from './run-action.tsx'

/** Start, Stop or Unpause: the one thing a state asks for first. Null while it is being removed. */
export function MainAction({ container, isIcon = false }: { container: Container; isIcon?: boolean }) {
  const pending = usePendingAction(container.id)
  const action = possibleActions(container.state)[0]
  const refusal = useRefusal('operator')
  if (action === undefined) return null
  const words = actionWords[action]
  const line = formatCommand(command.act(action, [container.name]))
  const run = () => void runAction(action, [container])
  if (isIcon)
    return (
      <IconButton
        needs="operator"
        label={`${words.label} ${container.name}`}
        icon={words.icon}
        detail={line}
        isPending={pending !== null}
        onClick={run}
      />
    )
  return (
    <Tooltip text={refusal ?? <code className="font-mono text-2xs">{line}</code>}>
      <Button
        needs="operator"
        hasTooltip
        isPending={pending !== null}
        onClick={run}
        aria-label={`${words.label} ${container.name}`}
      >
        {words.label}
      </Button>
    </Tooltip>
  )
}

/** Links to the log and the shell; the shell only where a process runs. */
export function ContainerLinks({ container, isIcon = false }: { container: Container; isIcon?: boolean }) {
  const { id, name, state } = container
  const refusal = useRefusal('operator')
  const isExecOn = useAbilities()?.isExecOn ?? true
  const whyNot =
    refusal ?? (state === 'running' ? null : `${name} does not run: start it to open a shell in it`)
  return (
    <>
      <GoTo
        label={`Logs of ${name}`}
        href={pages.containerTab(id, 'logs')}
        line={formatCommand(command.logs(name))}
        icon={isIcon ? <ScrollText aria-hidden className="size-4" strokeWidth={1.75} /> : null}
      >
        Logs
      </GoTo>
      {!isExecOn ? null : whyNot === null ? (
        <GoTo
          label={`Shell in ${name}`}
          href={pages.containerTab(id, 'shell')}
          line={formatCommand(command.exec(name))}
          icon={isIcon ? <SquareTerminal aria-hidden className="size-4" strokeWidth={1.75} /> : null}
        >
          Shell
        </GoTo>
      ) : (
        <Tooltip text={whyNot}>
          <button
            type="button"
            aria-disabled
            aria-label={`Shell in ${name}`}
            className={isIcon ? 'grid size-7 place-items-center text-muted opacity-40' : buttonClass('plain')}
          >
            {isIcon ? <SquareTerminal aria-hidden className="size-4" strokeWidth={1.75} /> : 'Shell'}
          </button>
        </Tooltip>
      )}
    </>
  )
}

interface GoToProps {
  label: string
  href: string
  line: string
  icon: ReactNode
  children: ReactNode
}

function GoTo({ label, href, line, icon, children }: GoToProps) {
  const style = icon
    ? 'grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text pointer-coarse:size-9'
    : buttonClass('plain')
  return (
    <Tooltip
      text={
        <>
          {icon ? label : null}
          <code className="block font-mono text-2xs text-muted">{line}</code>
        </>
      }
    >
      <Link href={href} aria-label={label} prefetch={false} className={style}>
        {icon ?? children}
      </Link>
    </Tooltip>
  )
}
