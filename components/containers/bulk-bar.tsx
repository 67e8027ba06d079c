'use client'

import { Button } from '#components/ui/button'
import { Menu, MenuItem } from '#components/ui/menu'
import { command } from '#lib/docker/command'
import {
  type Container,
  type ContainerAction,
  containerActions,
  possibleActions,
} from '#lib/docker/containers/container'
import { question } from './action-store.tsx'
import { actionWords } from './action-words.ts'
import { runAction } from './run-action.tsx'

const inFront: readonly ContainerAction[] = ['start', 'stop', 'restart']

/** What can be done with all that is selected; each action takes those it fits. */
export function BulkBar({ containers, onClear }: { containers: readonly Container[]; onClear: () => void }) {
  const fitting = (action: ContainerAction) =>
    containers.filter(({ state }) => {
      // The Engine would start what is stopped; here restart means what runs.
      if (action === 'restart')
        return state !== 'exited' && state !== 'created' && possibleActions(state).includes(action)
      return possibleActions(state).includes(action)
    })
  const rest = containerActions.filter((action) => !inFront.includes(action))
  return (
    <div
      role="toolbar"
      aria-label="Selected containers"
      className="flex min-h-7 flex-wrap items-center gap-2"
    >
      <span className="mr-1 font-medium" aria-live="polite">
        {containers.length} selected
      </span>
      {inFront.map((action) => {
        const fit = fitting(action)
        return (
          <Button
            key={action}
            needs="operator"
            disabled={fit.length === 0}
            onClick={() => void runAction(action, fit)}
          >
            {actionWords[action].label}
            {fit.length > 0 && fit.length < containers.length ? (
              <span className="text-faint">{fit.length}</span>
            ) : null}
          </Button>
        )
      })}
      <Button needs="operator" onClick={() => question.set({ kind: 'remove', containers })}>
        Remove…
      </Button>
      <Menu label="More for the selected">
        {rest.map((action) => {
          const fit = fitting(action)
          return (
            <MenuItem
              needs="operator"
              key={action}
              icon={actionWords[action].icon}
              isDisabled={fit.length === 0}
              command={command.act(
                action,
                fit.map(({ name }) => name),
              )}
              onSelect={() => void runAction(action, fit)}
            >
              {actionWords[action].label}
              {fit.length > 0 && fit.length < containers.length ? ` ${fit.length}` : ''}
            </MenuItem>
          )
        })}
      </Menu>
      <Button tone="ghost" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
