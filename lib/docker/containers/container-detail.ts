import type { Container } from './container.ts'

/** A variable or label as the page may show it: secrets are masked by the server. */
export interface MaskedValue {
  name: string
  value: string
  isMasked: boolean
}

/** One run of the health check. Source: `State.Health.Log` (the Engine keeps the last five). */
export interface HealthProbe {
  startedAtMs: number
  durationMs: number
  exitCode: number
  output: string
}

/** The health check as configured; durations are what the Engine uses, defaults filled in. */
export interface HealthCheck {
  command: string[]
  intervalMs: number
  timeoutMs: number
  startPeriodMs: number
  retries: number
}

/** Everything a container's pages show beyond the live row. Source: `GET /containers/{id}/json`; nothing secret is in it. */
export interface ContainerDetail {
  container: Container
  entrypoint: string[]
  command: string[]
  user: string
  workingDir: string
  hostname: string
  networkMode: string
  logDriver: string
  stopSignal: string
  stopTimeoutSeconds: number
  isPrivileged: boolean
  isReadOnlyRoot: boolean
  hasInit: boolean
  /** 0 means no limit. */
  limits: { memoryBytes: number; cpus: number; processes: number }
  environment: MaskedValue[]
  labels: MaskedValue[]
  healthCheck: HealthCheck | null
  /** Oldest first. */
  healthProbes: HealthProbe[]
  failingStreak: number
  /** The whole inspect document, masked. */
  inspect: unknown
}

/** A process inside. Source: `GET /containers/{id}/top`; columns are what `ps` of the machine says. */
export interface ProcessTable {
  titles: string[]
  rows: string[][]
}
