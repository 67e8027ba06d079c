'use client'

import { Button } from '#components/ui/button'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { cx } from '#lib/format/cx'
import { type Level, levels } from '#lib/logs/level'
import { useLogPage } from '../log-page.tsx'

const shownLevels: readonly Level[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown']

/** Which levels are shown, each with how many lines of it are held. */
export function LevelMenu() {
  const { session, view, change } = useLogPage()
  const isAll = view.levels.length === 0
  const toggle = (level: Level): void => {
    const next = view.levels.includes(level)
      ? view.levels.filter((other) => other !== level)
      : [...view.levels, level]
    change({ levels: next })
  }
  return (
    <Menu
      label="Levels"
      align="start"
      trigger={
        <Button className={cx(!isAll && 'border-accent')}>
          {isAll ? 'all levels' : view.levels.join(', ')}
        </Button>
      }
    >
      <MenuItem onSelect={() => change({ levels: [] })}>All levels</MenuItem>
      <MenuItem onSelect={() => change({ levels: ['warn', 'error', 'fatal'] })}>Warnings and worse</MenuItem>
      <MenuDivider />
      {shownLevels.map((level) => (
        <MenuItem
          key={level}
          shortcut={(session.store.counts.byLevel[levels.indexOf(level)] ?? 0).toLocaleString('en')}
          onSelect={() => toggle(level)}
        >
          {`${view.levels.includes(level) ? '✓ ' : ''}${level === 'unknown' ? 'no level said' : level}`}
        </MenuItem>
      ))}
    </Menu>
  )
}
