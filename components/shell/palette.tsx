'use client'

import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { composeQuestion } from '#components/compose/compose-dialog-store'
import { question } from '#components/containers/action-store'
import { runAction, runProjectAction } from '#components/containers/run-action'
import { Dialog as Radix } from 'radix-ui'
import { Kbd } from '#components/ui/kbd'
import { bestOf } from '#lib/format/rank'
import type { PaletteAction, PaletteItem } from './palette-items.ts'
import { takeTyping } from './typed-ahead.ts'
import { usePaletteItems } from './use-palette-items.ts'

const limit = 40

/** Go to anything, and do things to the container in front. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const items = usePaletteItems(query)
  const shown = useMemo(
    () => bestOf(items, query, ({ label, detail }) => `${label} ${detail}`, limit),
    [items, query],
  )
  const groups = [...new Set(shown.map(({ group }) => group))]
  const choose = (item: PaletteItem) => {
    onClose()
    if (item.href !== null) router.push(item.href)
    else if (item.does !== null) act(item.does)
  }
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[max(12px,12dvh)] left-1/2 z-40 w-[min(600px,calc(100vw-24px))] -translate-x-1/2 animate-appear overflow-hidden rounded-lg border border-line-strong bg-panel shadow-lift"
        >
          <Radix.Title className="sr-only">Go to anything</Radix.Title>
          <Command label="Go to anything" shouldFilter={false} loop>
            <Command.Input
              value={query}
              onValueChange={setQuery}
              onFocus={() => {
                const ahead = takeTyping()
                if (ahead !== '') setQuery(ahead)
              }}
              placeholder="Go to a project, container, image, network, volume…"
              className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-[min(420px,60dvh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-muted">
                Nothing here is called “{query}”. An action goes with a name: restart web.
              </Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-faint"
                >
                  {shown
                    .filter((item) => item.group === group)
                    .map((item) => (
                      <Line key={item.key} item={item} onChoose={() => choose(item)} />
                    ))}
                </Command.Group>
              ))}
            </Command.List>
            <div className="flex items-center gap-3 border-t border-line px-4 py-1.5 text-xs text-faint">
              <span className="flex items-center gap-1.5">
                <Kbd>↵</Kbd> go
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd>esc</Kbd> close
              </span>
              <button
                type="button"
                onClick={onHelp}
                className="ml-auto flex items-center gap-1.5 rounded-sm hover:text-text"
              >
                <Kbd>?</Kbd> all keys
              </button>
            </div>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Line({ item, onChoose }: { item: PaletteItem; onChoose: () => void }) {
  return (
    <Command.Item
      value={item.key}
      onSelect={onChoose}
      className="flex h-8 items-center gap-3 rounded-md px-2.5 data-[selected=true]:bg-hover pointer-coarse:h-10"
    >
      <span className="min-w-0 truncate">{item.label}</span>
      <span className="ml-auto shrink-0 truncate text-xs text-faint">{item.detail}</span>
    </Command.Item>
  )
}

function act(does: PaletteAction): void {
  if (does.on === 'compose') composeQuestion.set(does.question)
  else if (does.on === 'project')
    void runProjectAction(
      does.project.name,
      does.action,
      does.project.services.flatMap(({ containers }) => containers),
    )
  else if (does.action === 'rename') question.set({ kind: 'rename', container: does.container })
  else if (does.action === 'remove') question.set({ kind: 'remove', containers: [does.container] })
  else void runAction(does.action, [does.container])
}
