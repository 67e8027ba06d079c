import 'server-only'
import type { ContainerInspectInfo } from 'dockerode'

/** What the Engine says of a container and dockerode's types do not know. */
export type RawConfig = ContainerInspectInfo['Config'] & {
  StopSignal?: string
  StopTimeout?: number
  Domainname?: string
  Healthcheck?: RawHealth | null
}
export interface RawHealth {
  Test?: string[] | null
  Interval?: number
  Timeout?: number
  StartPeriod?: number
  Retries?: number
}
export type RawHost = ContainerInspectInfo['HostConfig'] & Record<string, unknown>
