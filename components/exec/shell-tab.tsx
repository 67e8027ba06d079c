'use client'

import { Settings2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useContainer, useIsLoaded } from '#components/live/hooks'
import { useRefusal } from '#components/ui/abilities'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { command } from '#lib/docker/command'
import type { ExecRequest } from '#lib/docker/exec'
import { measureStage } from './measure.ts'
import { NewShell } from './new-shell.tsx'
import { type PaneControls, TerminalPane } from './terminal-pane.tsx'
import { ShellTabs } from './shell-tabs.tsx'
import { TouchKeys } from './touch-keys.tsx'
import { useShells } from './use-shells.ts'

const fontSizes = [11, 12, 13, 14, 16, 18, 20]

/** The shell tab of a container: opens one at once, keeps several, comes back to them after a reload. */
export function ShellTab({ containerId }: { containerId: string }) {
  const container = useContainer(containerId)
  const isLoaded = useIsLoaded()
  const stage = useRef<HTMLDivElement>(null)
  const controls = useRef<PaneControls>(null)
  const isStarted = useRef(false)
  const [fontSize, setFontSize] = useState(13)
  const [isChoosing, setIsChoosing] = useState(false)
  const measure = useCallback(
    async () => (stage.current ? measureStage(stage.current, fontSize) : { cols: 80, rows: 24 }),
    [fontSize],
  )
  const shells = useShells(containerId, measure)
  const isRunning = container?.state === 'running'
  const { open } = shells
  const isEmpty = shells.list?.length === 0
  const refusal = useRefusal('operator')
  const canStart = refusal === null && isEmpty && isRunning && shells.isOn && shells.error === null

  useEffect(() => {
    if (!canStart || isStarted.current) return
    isStarted.current = true
    void open({})
  }, [canStart, open])

  const start = (wanted: Partial<ExecRequest> = {}): void => void open(wanted)
  const leave = (): void =>
    document.querySelector<HTMLElement>('[data-shell-tab][aria-current=true]')?.focus()
  const zoom = (step: number): void =>
    setFontSize((size) => fontSizes[fontSizes.indexOf(size) + step] ?? size)
  const active = shells.list?.find(({ session }) => session.id === shells.active)
  const name = active?.session.containerName ?? container?.name ?? containerId.slice(0, 12)

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ShellTabs shells={shells} onNew={() => start()}>
        <Menu
          label="Shell options"
          trigger={
            <Button tone="ghost" aria-label="Shell options">
              <Settings2 aria-hidden className="size-4" strokeWidth={1.75} />
            </Button>
          }
        >
          <MenuItem onSelect={() => setIsChoosing(true)}>New shell as…</MenuItem>
          <MenuItem onSelect={() => start({ user: '0' })}>New shell as root</MenuItem>
          <MenuDivider />
          <MenuItem
            shortcut="Ctrl+Shift+F"
            isDisabled={!active}
            onSelect={() => controls.current?.openSearch()}
          >
            Find
          </MenuItem>
          <MenuItem onSelect={() => zoom(1)}>Larger text</MenuItem>
          <MenuItem onSelect={() => zoom(-1)}>Smaller text</MenuItem>
          <MenuDivider />
          <MenuItem shortcut="Ctrl+Shift+L" onSelect={leave}>
            Leave the terminal
          </MenuItem>
        </Menu>
      </ShellTabs>
      {shells.error !== null && !isEmpty ? (
        <div className="shrink-0 p-2">
          <ErrorPanel error={shells.error} onRetry={() => start()} />
        </div>
      ) : null}
      <div className="relative min-h-0 flex-1 bg-panel px-2 pt-2 pb-1">
        <div ref={stage} className="relative h-full min-h-40 overflow-hidden">
          {shells.list?.map((shell) => (
            <TerminalPane
              key={shell.session.id}
              shell={shell}
              isActive={shell.session.id === shells.active}
              fontSize={fontSize}
              controls={controls}
              onLeave={leave}
              onAgain={() => {
                shells.close(shell.session.id)
                start({ user: shell.session.user, workingDir: shell.session.workingDir })
              }}
            />
          ))}
        </div>
        {isEmpty ? (
          <div className="absolute inset-0 overflow-y-auto bg-panel">
            <NoShell
              state={isLoaded ? (container?.state ?? 'gone') : 'loading'}
              name={name}
              refusal={refusal}
              isOn={shells.isOn}
              isOpening={shells.isOpening}
              error={shells.error}
              onStart={() => start()}
            />
          </div>
        ) : null}
      </div>
      <TouchKeys onType={(text) => controls.current?.type(text)} />
      <CommandLine
        command={command.exec(name, active?.session.command.join(' ') ?? 'sh', {
          user: active?.session.user ?? '',
          workingDir: active?.session.workingDir ?? '',
        })}
        note={<span className="max-sm:hidden">Ctrl+Shift+L leaves the terminal</span>}
      />
      <NewShell isOpen={isChoosing} onOpenChange={setIsChoosing} onStart={start} />
    </div>
  )
}

function NoShell({
  state,
  name,
  refusal,
  isOn,
  isOpening,
  error,
  onStart,
}: {
  state: string
  name: string
  refusal: string | null
  isOn: boolean
  isOpening: boolean
  error: unknown
  onStart: () => void
}) {
  if (refusal !== null)
    return (
      <EmptyState title="No shell for you here" commands={[command.exec(name)]}>
        {refusal} Somebody with a terminal on the host opens one with:
      </EmptyState>
    )
  if (!isOn)
    return (
      <EmptyState title="Shells are switched off">
        Whoever runs this dashboard has set COMPOSURE_EXEC=off. In a terminal on the host you can still open
        one.
      </EmptyState>
    )
  if (error !== null)
    return (
      <div className="p-4">
        <ErrorPanel error={error} onRetry={onStart} />
      </div>
    )
  if (isOpening || state === 'loading') return <p className="p-4 text-muted">Opening a shell…</p>
  if (state === 'running')
    return (
      <EmptyState
        title="No shell is open"
        action={
          <Button tone="primary" onClick={onStart}>
            Open a shell
          </Button>
        }
      >
        The last one was closed, and nothing of it is left running.
      </EmptyState>
    )
  if (state === 'gone') return <EmptyState title="This container is gone">It was removed.</EmptyState>
  return (
    <EmptyState
      title={`${name} is ${state}`}
      commands={[command.act(state === 'paused' ? 'unpause' : 'start', [name])]}
    >
      A shell needs a running container. {state === 'paused' ? 'Unpause' : 'Start'} it, and one opens here.
    </EmptyState>
  )
}
