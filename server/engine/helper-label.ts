import 'server-only'
import { randomUUID } from 'node:crypto'

/** On containers and volumes Composure makes for itself for a moment (to look into a volume, to restore one): they are in no list. */
export const helperLabel = 'composure.helper'

/** Events of a volume carry no label: its name tells that it is one of ours. */
export const helperVolumeName = (): string => `composure-restore-${randomUUID()}`
export const isHelperVolume = (name: string): boolean =>
  /^composure-restore-[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name)
