'use client'

import { Command } from 'cmdk'
import { usePathname, useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { question } from '#components/containers/action-store'
import { runAction } from '#components/containers/run-action'
import { useContainers, useImages, useNetworks, useProjects, useVolumes } from '#components/live/hooks'
import { Dialog as Radix } from 'radix-ui'
import { useAbilities } from '#components/ui/abilities'
import { Kbd } from '#components/ui/kbd'
import type { Container } from '#lib/docker/container'
import { bestOf } from '#lib/format/rank'
import { type PaletteItem, paletteItems } from './palette-items.ts'

const limit = 40

/** Go to anything, and do things to the container in front. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const current = useCurrentContainer()
  const items = useItems(current)
  const shown = useMemo(
    () => bestOf(items, query, ({ label, detail }) => `${label} ${detail}`, limit),
    [items, query],
  )
  const groups = [...new Set(shown.map(({ group }) => group))]
  const choose = (item: PaletteItem) => {
    onClose()
    if (item.href !== null) router.push(item.href)
    else if (current && item.action !== null) act(item.action, current)
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
              placeholder="Go to a project, container, image, network, volume…"
              className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-[min(420px,60dvh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-muted">
                Nothing here is called “{query}”.
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

function act(action: NonNullable<PaletteItem['action']>, container: Container): void {
  if (action === 'rename') question.set({ kind: 'rename', container })
  else if (action === 'remove') question.set({ kind: 'remove', containers: [container] })
  else void runAction(action, [container])
}

/** The container whose page is open. */
function useCurrentContainer(): Container | null {
  const prefix = /^\/containers\/([0-9a-f]{12,64})/.exec(usePathname())?.[1]
  const containers = useContainers()
  if (prefix === undefined) return null
  return containers.find(({ id }) => id.startsWith(prefix)) ?? null
}

function useItems(current: Container | null): PaletteItem[] {
  const containers = useContainers()
  const images = useImages()
  const networks = useNetworks()
  const volumes = useVolumes()
  const projects = useProjects()
  const abilities = useAbilities()
  return useMemo(
    () => paletteItems({ containers, images, networks, volumes, projects }, current, abilities),
    [containers, images, networks, volumes, projects, current, abilities],
  )
}
