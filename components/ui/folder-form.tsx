'use client'

import { Button } from './button.tsx'
import { Field, Input } from './field.tsx'

/** Asks for a folder of the machine and has it looked at. */
export function FolderForm({
  path,
  problem,
  isLooking,
  onChange,
  onLook,
}: {
  path: string
  problem: string | null
  isLooking: boolean
  onChange: (path: string) => void
  /** Gets the path without slashes at its end. */
  onLook: (path: string) => void
}) {
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onLook(path.replace(/(?<=.)\/+$/, ''))
      }}
    >
      <div className="flex-1">
        <Field label="Folder" hint="The whole path on the machine where Composure runs." error={problem}>
          {(control) => (
            <Input
              {...control}
              isMono
              // The dialog was opened to type here.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              placeholder="/srv/shop"
              value={path}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" className="mt-[22px]" isPending={isLooking}>
        Look
      </Button>
    </form>
  )
}

/** Folders to look at instead. */
export function FolderLinks({
  label,
  folders,
  onLook,
}: {
  label: string
  folders: readonly string[]
  onLook: (path: string) => void
}) {
  return (
    <div>
      <p className="text-xs text-faint">{label}</p>
      <ul className="mt-0.5 grid max-h-48 gap-0.5 overflow-y-auto">
        {folders.map((path) => (
          <li key={path}>
            <button
              type="button"
              onClick={() => onLook(path)}
              className="text-left font-mono text-xs text-accent [overflow-wrap:anywhere] hover:underline"
            >
              {path}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
