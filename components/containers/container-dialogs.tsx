'use client'

import { useState } from 'react'
import { errorCode } from '#lib/api/errors'
import { CheckField } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { useStore } from '#components/ui/store'
import { command } from '#lib/docker/command'
import { type Container, isAlive } from '#lib/docker/containers/container'
import { question, type Question, whilePending } from './action-store.tsx'
import { actionWords } from './action-words.ts'
import { removeContainer } from './calls.ts'
import { RenameDialog } from './rename-dialog.tsx'
import { runNow } from './run-action.tsx'

const close = () => question.set(null)

/** The dialogs of all container actions; mounted once by the frame. */
export function ContainerDialogs() {
  const asked = useStore(question)
  if (asked === null) return null
  switch (asked.kind) {
    case 'remove':
      return <RemoveDialog containers={asked.containers} />
    case 'kill':
      return <KillDialog containers={asked.containers} />
    case 'rename':
      return <RenameDialog container={asked.container} onClose={close} />
    case 'itself':
      return <ItselfDialog asked={asked} />
    default:
      return asked satisfies never
  }
}

const named = (containers: readonly Container[]): string =>
  containers.length === 1 ? (containers[0]?.name ?? '') : `${containers.length} containers`

function RemoveDialog({ containers }: { containers: readonly Container[] }) {
  const [withVolumes, setWithVolumes] = useState(false)
  const anonymous = containers.flatMap((container) => container.mounts.filter(isAnonymousVolume))
  const kept = containers.flatMap((container) =>
    container.mounts
      .filter((mount) => mount.type === 'volume' && !isAnonymousVolume(mount))
      .map((mount) => mount.name),
  )
  const isForced = containers.some(isAlive)
  const remove = async () => {
    for (const container of containers) await removeOne(container, isAlive(container), withVolumes)
  }
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={close}
      title={`Remove ${named(containers)}?`}
      loses={containers.map((container) => (
        <>
          <b className="font-medium">{container.name}</b>: files written inside it and its log
          {isAlive(container) ? ', and it is running: it is killed first' : ''}
        </>
      ))}
      keeps={[
        ...new Set(kept.map((name) => `volume ${name}`)),
        ...(anonymous.length > 0 && !withVolumes ? [anonymousWords(anonymous.length)] : []),
        containers.length === 1 ? `image ${containers[0]?.image ?? ''}` : 'their images',
      ]}
      commands={[
        command.rm(
          containers.map(({ name }) => name),
          { isForced, withVolumes },
        ),
      ]}
      confirmLabel={containers.length === 1 ? 'Remove' : `Remove ${containers.length}`}
      onConfirm={remove}
    >
      {anonymous.length > 0 ? (
        <CheckField
          isChecked={withVolumes}
          onChange={setWithVolumes}
          label={`Also remove ${anonymousWords(anonymous.length)}`}
          hint="The data in volumes without a name cannot be had back."
        />
      ) : null}
    </ConfirmDialog>
  )
}

const isAnonymousVolume = (mount: Container['mounts'][number]): boolean =>
  mount.type === 'volume' && /^[0-9a-f]{64}$/.test(mount.name)

const anonymousWords = (count: number): string =>
  count === 1 ? '1 volume without a name' : `${count} volumes without a name`

/** Removes one; where Composure would remove itself, hands over to the second question. */
async function removeOne(container: Container, isForced: boolean, withVolumes: boolean): Promise<void> {
  const remove = (isItself: boolean) =>
    whilePending(container.id, 'remove', () =>
      removeContainer(container.id, { isForced, withVolumes, isItself }),
    )
  try {
    await remove(false)
  } catch (error) {
    if (errorCode(error) === 'container_not_found') return
    if (errorCode(error) !== 'is_itself') throw error
    queueMicrotask(() =>
      question.set({ kind: 'itself', container, action: 'remove', proceed: () => remove(true) }),
    )
  }
}

function KillDialog({ containers }: { containers: readonly Container[] }) {
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={close}
      title={`Kill ${named(containers)}?`}
      loses={['What the program has not written yet: it gets no time to finish. Stop gives it that time.']}
      commands={[
        command.act(
          'kill',
          containers.map(({ name }) => name),
        ),
      ]}
      confirmLabel="Kill"
      onConfirm={async () => {
        void runNow('kill', containers)
      }}
    />
  )
}

function ItselfDialog({ asked }: { asked: Extract<Question, { kind: 'itself' }> }) {
  const { verb } = actionWords[asked.action]
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={close}
      title={`${asked.container.name} is Composure itself`}
      loses={[
        `This page: Composure cannot answer once it has been told to ${verb} its own container.`,
        'To bring it back, run the command it was started with in a terminal.',
      ]}
      confirmLabel={`Yes, ${verb} Composure`}
      onConfirm={asked.proceed}
    />
  )
}
