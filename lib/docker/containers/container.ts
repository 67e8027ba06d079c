import type { ComposeLabels } from '../projects/compose-labels.ts'

/** Docker's own state words (Engine: `State.Status`). */
export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'

/** Docker's own health words; `none` means the container has no health check. */
export type ContainerHealth = 'none' | 'starting' | 'healthy' | 'unhealthy'

export const containerActions = ['start', 'stop', 'restart', 'pause', 'unpause', 'kill'] as const
export type ContainerAction = (typeof containerActions)[number]

export interface PortBinding {
  containerPort: number
  protocol: 'tcp' | 'udp' | 'sctp'
  /** Null when the port is exposed but not published on the host. */
  hostPort: number | null
  /** Address on the host; empty when not published. */
  hostIp: string
}

export interface ContainerNetwork {
  networkId: string
  name: string
  ipAddress: string
  ipv6Address: string
  macAddress: string
  /** Names other containers on this network can use (aliases and DNS names, without duplicates). */
  dnsNames: string[]
}

export interface ContainerMount {
  type: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image'
  /** Volume name, or empty. */
  name: string
  source: string
  destination: string
  isReadOnly: boolean
}

/**
 * A container as every list and page sees it, kept in the live model.
 * Sources: `GET /containers/json?all=1` for the row, `GET /containers/{id}/json` for what the list does not
 * tell (exit code, times, restarts, health); `isInspected` is false until the second one has answered.
 */
export interface Container {
  /** 64 hex digits. */
  id: string
  name: string
  /** The image reference it was made from, as the Engine says it. */
  image: string
  imageId: string
  state: ContainerState
  health: ContainerHealth
  /** Null while it has never ended. */
  exitCode: number | null
  isOutOfMemory: boolean
  /** The Engine's own reason when it could not start (`State.Error`), or empty. */
  startError: string
  createdAtMs: number
  startedAtMs: number | null
  finishedAtMs: number | null
  restartCount: number
  restartPolicy: 'no' | 'always' | 'on-failure' | 'unless-stopped'
  hasTty: boolean
  ports: PortBinding[]
  networks: ContainerNetwork[]
  mounts: ContainerMount[]
  /** Null for a container outside any project. */
  compose: ComposeLabels | null
  isInspected: boolean
}

/** True for the states in which a process runs (or is frozen) inside. */
export function isAlive(container: Pick<Container, 'state'>): boolean {
  return container.state === 'running' || container.state === 'paused' || container.state === 'restarting'
}

/** The actions the Engine would accept in this state, in the order they are offered. */
export function possibleActions(state: ContainerState): ContainerAction[] {
  switch (state) {
    case 'running':
      return ['stop', 'restart', 'pause', 'kill']
    case 'restarting':
      return ['stop', 'restart', 'kill']
    case 'paused':
      return ['unpause', 'stop', 'restart', 'kill']
    case 'created':
    case 'exited':
      return ['start', 'restart']
    case 'dead':
    case 'removing':
      return []
    default:
      return state satisfies never
  }
}
