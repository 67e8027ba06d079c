'use client'

import { Button } from '#components/ui/button'
import { Menu, MenuChoice, MenuDivider } from '#components/ui/menu'
import { useLogPage } from '../log-page.tsx'

/** Streams, times and traces. */
export function ViewMenu() {
  const { view, change } = useLogPage()
  return (
    <Menu label="View" trigger={<Button>{view.stream === 'all' ? 'view' : view.stream}</Button>}>
      <MenuChoice
        label="Stream"
        value={view.stream}
        choices={[
          { value: 'all', label: 'stdout and stderr' },
          { value: 'stdout', label: 'stdout only' },
          { value: 'stderr', label: 'stderr only' },
        ]}
        onChange={(stream) => change({ stream })}
      />
      <MenuDivider />
      <MenuChoice
        label="Time"
        value={view.time}
        choices={[
          { value: 'off', label: 'No times' },
          { value: 'time', label: 'Time of day' },
          { value: 'local', label: 'Date and time, here' },
          { value: 'utc', label: 'Date and time, UTC' },
        ]}
        onChange={(time) => change({ time })}
      />
      <MenuDivider />
      <MenuChoice
        label="Traces"
        value={view.traces}
        choices={[
          { value: 'folded', label: 'Folded to their first line' },
          { value: 'off', label: 'Every line' },
        ]}
        onChange={(traces) => change({ traces })}
      />
    </Menu>
  )
}
