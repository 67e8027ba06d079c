import { KeyRound, Pencil, Trash2, UserRoundCheck, UserRoundX } from 'lucide-react'
import { Badge } from '#components/ui/badge'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { RelativeTime } from '#components/ui/relative-time'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import type { Person } from '#lib/api/people'
import { ReachText } from './role-words.tsx'

export type UserAction = 'change' | 'reset' | 'disable' | 'enable' | 'delete'

const originWords = { local: null, proxy: 'by the proxy', oidc: 'by OpenID' } as const

export function UserTable({
  people,
  ownName,
  onAction,
}: {
  people: readonly Person[]
  ownName: string
  onAction: (action: UserAction, person: Person) => void
}) {
  return (
    <Table label="Users">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell>Role</HeadCell>
        <HeadCell>May see</HeadCell>
        <HeadCell>Last signed in</HeadCell>
        <HeadCell align="end">Sessions</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <Row key={person.id} data-user={person.name}>
            <Cell narrow="title">
              <span className="flex min-w-0 items-center gap-2">
                <span className="max-w-64 truncate font-medium">{person.name}</span>
                {person.name === ownName ? <Badge tone="accent">you</Badge> : null}
                {person.isDisabled ? <Badge tone="bad">disabled</Badge> : null}
                {originWords[person.origin] ? <Badge>{originWords[person.origin]}</Badge> : null}
                {person.origin === 'local' && !person.hasPassword ? (
                  <Badge tone="warn">no password yet</Badge>
                ) : null}
              </span>
            </Cell>
            <Cell>{person.role}</Cell>
            <Cell>
              <ReachText projects={person.projects} />
            </Cell>
            <Cell className="text-muted">
              {person.seenAtMs === null ? (
                <span className="text-faint">never signed in</span>
              ) : (
                <RelativeTime atMs={person.seenAtMs} />
              )}
            </Cell>
            <Cell align="end" narrow="hidden">
              {person.sessionCount}
            </Cell>
            <Cell narrow="end" align="end">
              <UserMenu person={person} onAction={onAction} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function UserMenu({
  person,
  onAction,
}: {
  person: Person
  onAction: (action: UserAction, person: Person) => void
}) {
  const choose = (action: UserAction) => () => onAction(action, person)
  return (
    <Menu label={`Actions for ${person.name}`}>
      <MenuItem icon={Pencil} onSelect={choose('change')}>
        Change…
      </MenuItem>
      <MenuItem icon={KeyRound} isDisabled={person.origin !== 'local'} onSelect={choose('reset')}>
        Reset the password…
      </MenuItem>
      <MenuDivider />
      {person.isDisabled ? (
        <MenuItem icon={UserRoundCheck} onSelect={choose('enable')}>
          Enable
        </MenuItem>
      ) : (
        <MenuItem icon={UserRoundX} onSelect={choose('disable')}>
          Disable…
        </MenuItem>
      )}
      <MenuItem icon={Trash2} tone="danger" onSelect={choose('delete')}>
        Delete…
      </MenuItem>
    </Menu>
  )
}
