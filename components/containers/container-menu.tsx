'use client'

import {
  Boxes,
  CopyPlus,
  FileText,
  Pencil,
  ScrollText,
  Settings2,
  SquareTerminal,
  Trash2,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import { type Container, type ContainerAction, possibleActions } from '#lib/docker/containers/container'
import { question } from './action-store.tsx'
import { actionWords } from './action-words.ts'
import { runAction } from './run-action.tsx'

/** Everything one can do with a container, each with its command. */
export function ContainerMenu({
  container,
  isOnItsPage = false,
}: {
  container: Container
  isOnItsPage?: boolean
}) {
  const router = useRouter()
  const { id, name } = container
  const isRemoving = container.state === 'removing'
  return (
    <Menu label={`More for ${name}`}>
      {possibleActions(container.state).map((action) => (
        <MenuItem
          key={action}
          needs="operator"
          icon={actionWords[action].icon}
          note={actionNote(action, container)}
          command={command.act(action, [name])}
          onSelect={() => void runAction(action, [container])}
        >
          {actionWords[action].label}
        </MenuItem>
      ))}
      <MenuDivider />
      {isOnItsPage ? null : (
        <>
          <MenuItem icon={Boxes} onSelect={() => router.push(pages.container(id))}>
            Open
          </MenuItem>
          <MenuItem icon={ScrollText} onSelect={() => router.push(pages.containerTab(id, 'logs'))}>
            Logs
          </MenuItem>
          <MenuItem
            needs="operator"
            icon={SquareTerminal}
            isDisabled={container.state !== 'running'}
            onSelect={() => router.push(pages.containerTab(id, 'shell'))}
          >
            Shell
          </MenuItem>
        </>
      )}
      <MenuItem
        icon={FileText}
        command={command.inspect(name)}
        onSelect={() => router.push(pages.containerTab(id, 'inspect'))}
      >
        Inspect
      </MenuItem>
      <MenuDivider />
      <MenuItem
        icon={CopyPlus}
        needs="engine"
        onSelect={() => router.push(pages.copyContainer(id, 'duplicate'))}
      >
        Duplicate…
      </MenuItem>
      <MenuItem
        icon={Settings2}
        needs="engine"
        note="A new container in its place: its own files and log go, its volumes stay."
        onSelect={() => router.push(pages.copyContainer(id, 'recreate'))}
      >
        Recreate with changes…
      </MenuItem>
      <MenuItem
        needs="operator"
        icon={Pencil}
        isDisabled={isRemoving}
        onSelect={() => question.set({ kind: 'rename', container })}
      >
        Rename…
      </MenuItem>
      <MenuItem
        needs="operator"
        icon={Trash2}
        tone="danger"
        isDisabled={isRemoving}
        onSelect={() => question.set({ kind: 'remove', containers: [container] })}
      >
        Remove…
      </MenuItem>
    </Menu>
  )
}

/** What a restart keeps, and what a stop does not prevent. */
function actionNote(action: ContainerAction, { restartPolicy }: Container): string | undefined {
  if (action === 'restart') return 'The same container again: its settings and files stay as they are.'
  if (action === 'stop' && restartPolicy === 'always')
    return 'It comes back when Docker starts again: its restart policy is always.'
  return undefined
}
