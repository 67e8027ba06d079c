'use client'

import { composeQuestion } from './compose-dialog-store.tsx'
import { useCompose, useDrift } from './compose-status.tsx'

/** Beside a service that no longer is as the files say; opens what differs. */
export function DriftBadge({ service }: { service: string }) {
  const drift = useDrift(service)
  const status = useCompose()
  if (drift)
    return (
      <button
        type="button"
        aria-label={`${service} differs from its file: show what`}
        onClick={() => composeQuestion.set({ kind: 'drift', service })}
        className="inline-flex w-fit shrink-0 items-center rounded-sm bg-warn-soft px-1.5 text-2xs leading-[18px] text-warn hover:underline"
      >
        differs from file
      </button>
    )
  if (!status?.orphans.includes(service)) return null
  return (
    <span
      title="Up with “Remove” takes it away; docker compose up -d --remove-orphans"
      className="inline-flex w-fit shrink-0 items-center rounded-sm bg-sunk px-1.5 text-2xs leading-[18px] text-muted"
    >
      not in the files
    </span>
  )
}
