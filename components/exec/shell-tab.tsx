'use client'

import { Settings2 } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useContainer, useIsLoaded } from '#components/live/hooks'
import { useRefusal } from '#components/ui/abilities'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { type Command, command } from '#lib/docker/command'
import type { ExecRequest, ExecSession } from '#lib/docker/exec'
import { measureStage } from './measure.ts'
import { NewShell } from './new-shell.tsx'
import { NoShell } from './no-shell.tsx'
import { type PaneControls, TerminalPane } from './terminal-pane.tsx'
import { ShellTabs } from './shell-tabs.tsx'
import { TouchKeys } from './touch-keys.tsx'
import { useShells } from './use-shells.ts'

const fontSizes = [11, 12, 13, 14, 16, 18, 20]

/** The shell tab of a container, for those who may have one; nothing is asked for anybody else. */
export function ShellTab({ containerId }: { containerId: string }) {
  const refusal = useRefusal('operator')
  const name = useContainer(containerId)?.name ?? containerId.slice(0, 12)
  if (refusal === null) return <OpenShells containerId={containerId} />
  return (
    <EmptyState title="No shell for you here" commands={[command.exec(name)]}>
      {refusal} Somebody with a terminal on the host opens one with:
    </EmptyState>
  )
}

/** Opens a shell at once, keeps several, comes back to them after a reload. */
function OpenShells({ containerId }: { containerId: string }) {
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
  const { open, canAttach } = shells
  // A container that was just run with a terminal: its own, not a shell beside it.
  const isAttachAsked = useSearchParams().get('attach') !== null
  const isEmpty = shells.list?.length === 0
  const canStart = isEmpty && isRunning && shells.isOn && shells.error === null

  useEffect(() => {
    if (!canStart || isStarted.current) return
    isStarted.current = true
    void open(isAttachAsked && canAttach ? { attach: true } : {})
  }, [canStart, isAttachAsked, canAttach, open])

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
        {canAttach && isRunning ? (
          <Button
            tone="ghost"
            title={`Join the terminal of its main process: ${command.attach(name).join(' ')}`}
            onClick={() => start({ attach: true })}
          >
            Attach
          </Button>
        ) : null}
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
                const { isAttached, user, workingDir } = shell.session
                start(isAttached ? { attach: true } : { user, workingDir })
              }}
            />
          ))}
        </div>
        {isEmpty ? (
          <div className="absolute inset-0 overflow-y-auto bg-panel">
            <NoShell
              state={isLoaded ? (container?.state ?? 'gone') : 'loading'}
              name={name}
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
        command={commandOf(name, active?.session)}
        note={
          <span className="max-sm:hidden">
            {active?.session.isAttached ? 'Ctrl+P Ctrl+Q detaches; ' : ''}Ctrl+Shift+L leaves the terminal
          </span>
        }
      />
      <NewShell isOpen={isChoosing} onOpenChange={setIsChoosing} onStart={start} />
    </div>
  )
}

function commandOf(name: string, session: ExecSession | undefined): Command {
  if (session?.isAttached) return command.attach(name)
  const { user = '', workingDir = '' } = session ?? {}
  return command.exec(name, session?.command.join(' ') ?? 'sh', { user, workingDir })
}
