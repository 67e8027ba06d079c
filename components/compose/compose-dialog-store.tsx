'use client'

import { Store } from '#components/ui/store'

/** Which dialog of Compose is open, and what it begins with. One for the whole page: buttons stand in heads, rows and badges. */
export type ComposeQuestion =
  | { kind: 'up'; services?: string[]; isAlone?: boolean; isForced?: boolean; isBuilt?: boolean }
  | { kind: 'down' }
  | { kind: 'pull'; services?: string[] }
  | { kind: 'build'; services?: string[] }
  | { kind: 'run'; service?: string }
  | { kind: 'drift'; service: string }

export const composeQuestion = new Store<ComposeQuestion | null>(null)
