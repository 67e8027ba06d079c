/** A container as the Engine tells it, as far as a comparison reads it. Source: `GET /containers/{id}/json`. */
export interface RawContainer {
  Id: string
  Name: string
  Image: string
  Config: RawConfig
  HostConfig: RawHost
  Mounts: RawMount[]
  NetworkSettings: { Networks: Record<string, RawEndpoint | null> }
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
  Domainname?: string
  MacAddress?: string
  ExposedPorts?: Record<string, unknown> | null
  Volumes?: Record<string, unknown> | null
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
  Annotations?: Record<string, string> | null
  Binds?: string[] | null
  BlkioWeight?: number
  BlkioWeightDevice?: { Path?: string; Weight?: number }[] | null
  BlkioDeviceReadBps?: RawRate[] | null
  BlkioDeviceReadIOps?: RawRate[] | null
  BlkioDeviceWriteBps?: RawRate[] | null
  BlkioDeviceWriteIOps?: RawRate[] | null
  CapAdd?: string[] | null
  CapDrop?: string[] | null
  CgroupnsMode?: string
  CgroupParent?: string
  CpuPeriod?: number
  CpuQuota?: number
  CpuRealtimePeriod?: number
  CpuRealtimeRuntime?: number
  CpusetCpus?: string
  CpuShares?: number
  DeviceCgroupRules?: string[] | null
  DeviceRequests?: RawDeviceRequest[] | null
  Devices?: { PathOnHost?: string; PathInContainer?: string; CgroupPermissions?: string }[] | null
  Dns?: string[] | null
  DnsOptions?: string[] | null
  DnsSearch?: string[] | null
  ExtraHosts?: string[] | null
  GroupAdd?: string[] | null
  Init?: boolean | null
  IpcMode?: string
  Links?: string[] | null
  LogConfig?: { Type?: string; Config?: Record<string, string> | null }
  Memory?: number
  MemoryReservation?: number
  MemorySwap?: number
  MemorySwappiness?: number | null
  Mounts?: RawMountOptions[] | null
  NanoCpus?: number
  NetworkMode?: string
  OomKillDisable?: boolean | null
  OomScoreAdj?: number
  PidMode?: string
  PidsLimit?: number | null
  PortBindings?: Record<string, { HostIp?: string; HostPort?: string }[] | null> | null
  Privileged?: boolean
  ReadonlyRootfs?: boolean
  RestartPolicy?: { Name?: string; MaximumRetryCount?: number }
  Runtime?: string
  SecurityOpt?: string[] | null
  ShmSize?: number
  StorageOpt?: Record<string, string> | null
  Sysctls?: Record<string, string> | null
  Tmpfs?: Record<string, string> | null
  Ulimits?: { Name?: string; Soft?: number; Hard?: number }[] | null
  UsernsMode?: string
  UTSMode?: string
  VolumesFrom?: string[] | null
}

export interface RawRate {
  Path?: string
  Rate?: number
}

export interface RawDeviceRequest {
  Driver?: string
  Count?: number
  DeviceIDs?: string[] | null
  Capabilities?: string[][] | null
}

export interface RawMount {
  Type: string
  Name?: string
  Source?: string
  Destination: string
  RW: boolean
}

/** A mount as it was asked for, with what `Mounts` of the container does not tell. */
export interface RawMountOptions {
  Type?: string
  Source?: string
  Target?: string
  BindOptions?: { Propagation?: string } | null
  VolumeOptions?: { NoCopy?: boolean; Subpath?: string } | null
  TmpfsOptions?: { SizeBytes?: number; Mode?: number } | null
}

export interface RawEndpoint {
  Aliases?: string[] | null
  IPAMConfig?: { IPv4Address?: string; IPv6Address?: string; LinkLocalIPs?: string[] | null } | null
  DriverOpts?: Record<string, string> | null
  GwPriority?: number
}

/** What the Engine gives a container that asks for nothing. Source: `GET /info`. */
export interface EngineDefaults {
  runtime: string
  loggingDriver: string
}
