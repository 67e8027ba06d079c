/** The output of `docker compose config --format json`, as far as it is read. Source: compose-go `types.Project`. */
export interface ComposeModel {
  name: string
  services: Record<string, ComposeService>
  networks?: Record<string, { name?: string; external?: boolean } | null>
  volumes?: Record<string, { name?: string; external?: boolean; driver?: string } | null>
  configs?: Record<string, ComposeFile | null>
  secrets?: Record<string, ComposeFile | null>
}

/** A config or secret; only one with a `file` is mounted, the others are copied into the container. */
export interface ComposeFile {
  file?: string
  content?: string
  environment?: string
}

/** A config or secret as a service uses it. */
export interface FileReference {
  source: string
  target?: string
}

export interface ComposeNetworkUse {
  aliases?: string[]
  ipv4_address?: string
  ipv6_address?: string
  link_local_ips?: string[]
  mac_address?: string
  driver_opts?: Record<string, string>
  gw_priority?: number
}

export interface ComposeService {
  image?: string
  build?: unknown
  profiles?: string[]
  container_name?: string
  command?: string[] | null
  entrypoint?: string[] | null
  environment?: Record<string, string | null>
  labels?: Record<string, string>
  ports?: ComposePort[]
  volumes?: ComposeVolume[]
  networks?: Record<string, ComposeNetworkUse | null>
  network_mode?: string
  depends_on?: Record<string, { condition?: string; required?: boolean }>
  healthcheck?: ComposeHealthcheck
  restart?: string
  deploy?: {
    replicas?: number
    restart_policy?: { condition?: string; max_attempts?: number }
    resources?: ComposeResources
  }
  scale?: number
  [setting: string]: unknown
}

export interface ComposePort {
  mode?: string
  host_ip?: string
  target: number
  published?: string
  protocol?: string
}

export interface ComposeVolume {
  type: string
  source?: string
  target: string
  read_only?: boolean
  bind?: { create_host_path?: boolean; propagation?: string; selinux?: string }
  volume?: { nocopy?: boolean; subpath?: string }
  tmpfs?: { size?: string | number; mode?: number }
}

export interface ComposeHealthcheck {
  test?: string[] | null
  interval?: string
  timeout?: string
  retries?: number
  start_period?: string
  start_interval?: string
  disable?: boolean
}

export interface ComposeResources {
  limits?: { cpus?: number | string; memory?: string | number; pids?: number }
  reservations?: { memory?: string | number; devices?: unknown[] }
}
