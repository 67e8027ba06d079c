/** A container as the Engine tells it, as far as a comparison reads it. Source: `GET /containers/{id}/json`. */
export interface RawContainer {
  Image: string
  Config: RawConfig
  HostConfig: RawHost
  Mounts: RawMount[]
  NetworkSettings: { Networks: Record<string, unknown> }
}

/** The same fields of an image are what a container has where the service says nothing. Source: `GET /images/{id}/json`. */
export interface RawConfig {
  Image?: string
  Cmd?: string[] | null
  Entrypoint?: string[] | null
  Env?: string[] | null
  Labels?: Record<string, string> | null
  User?: string
  WorkingDir?: string
  Hostname?: string
  Healthcheck?: RawHealthcheck | null
  StopSignal?: string
  StopTimeout?: number | null
  Tty?: boolean
  OpenStdin?: boolean
}

export interface RawHealthcheck {
  Test?: string[]
  Interval?: number
  Timeout?: number
  StartPeriod?: number
  StartInterval?: number
  Retries?: number
}

export interface RawHost {
  NetworkMode?: string
  PortBindings?: Record<string, { HostIp?: string; HostPort?: string }[] | null> | null
  RestartPolicy?: { Name?: string; MaximumRetryCount?: number }
  CapAdd?: string[] | null
  CapDrop?: string[] | null
  Privileged?: boolean
  ReadonlyRootfs?: boolean
  Tmpfs?: Record<string, string> | null
  ExtraHosts?: string[] | null
  LogConfig?: { Type?: string; Config?: Record<string, string> | null }
  Memory?: number
  NanoCpus?: number
  ShmSize?: number
  SecurityOpt?: string[] | null
  Init?: boolean | null
  PidMode?: string
  Dns?: string[] | null
  GroupAdd?: string[] | null
}

export interface RawMount {
  Type: string
  Name?: string
  Source?: string
  Destination: string
  RW: boolean
}
