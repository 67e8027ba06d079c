/** A network in the live model. Source: `GET /networks`. Who is attached is derived from the containers. */
export interface Network {
  id: string
  name: string
  driver: string
  scope: 'local' | 'global' | 'swarm'
  isInternal: boolean
  isAttachable: boolean
  isIpv6: boolean
  subnets: { subnet: string; gateway: string }[]
  createdAtMs: number
  /** Compose project and key in the file (`default`), or null. */
  compose: { project: string; network: string } | null
  /** `bridge`, `host` and `none`: the Engine's own, cannot be removed. */
  isBuiltIn: boolean
}
