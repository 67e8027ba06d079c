/** The log archive as pages and scripts see it: routes under /api/history. Times are epoch milliseconds, sizes bytes on disk. */
export interface HistoryContainer {
  /** 64 hex digits. The Engine may no longer have it. */
  containerId: string
  name: string
  /** Compose project, or empty. */
  project: string
  /** Compose service, or empty. */
  service: string
  /** Replica number, 0 outside Compose. */
  number: number
  isOneOff: boolean
  /** Seen to be gone from the Engine. */
  isRemoved: boolean
  createdAtMs: number
  /** Null while no line is kept. */
  firstLineAtMs: number | null
  lastLineAtMs: number | null
  lineCount: number
  /** Text of the kept lines. */
  textBytes: number
  /** What they take in the store. */
  storedBytes: number
  /** Lines that were kept once and were let go, oldest first, by a limit or by hand. */
  letGoLines: number
}

/** Limits of the archive; whatever is beyond one of them goes, oldest first. */
export interface HistoryLimits {
  maxBytes: number
  maxServiceBytes: number
  maxAgeDays: number
}

export interface HistorySettings {
  limits: HistoryLimits
  /** Projects that are not recorded. */
  projectsOff: string[]
  /** Containers outside any project are recorded too. */
  isOutsideRecorded: boolean
}

/** How recording goes. `paused`: the store does not take lines; it is tried again, and nothing is lost that the Engine keeps meanwhile. */
export interface RecordingState {
  state: 'starting' | 'recording' | 'paused' | 'off'
  reason?: 'full' | 'unreachable' | 'failed'
  /** In words, for `paused`. */
  detail?: string
  sinceMs: number
  containerCount: number
}

export interface HistoryProjectUse {
  /** Empty: containers outside projects. */
  project: string
  isRecorded: boolean
  storedBytes: number
  textBytes: number
  lineCount: number
  letGoLines: number
  firstLineAtMs: number | null
  lastLineAtMs: number | null
  services: HistoryServiceUse[]
}

export interface HistoryServiceUse {
  service: string
  containerCount: number
  storedBytes: number
  lineCount: number
  firstLineAtMs: number | null
  lastLineAtMs: number | null
}

/** Answer of `GET /api/history`. */
export interface HistoryOverview {
  store: 'sqlite' | 'postgres'
  recording: RecordingState
  settings: HistorySettings
  storedBytes: number
  lineCount: number
  projects: HistoryProjectUse[]
}
