/** What the list does not tell about a network. Source: `GET /networks/{id}`. */
export interface NetworkDetail {
  id: string
  name: string
  labels: Record<string, string>
  /** Driver options, e.g. `com.docker.network.bridge.name`. */
  options: Record<string, string>
  ipamDriver: string
  pools: { subnet: string; gateway: string; ipRange: string; reserved: Record<string, string> }[]
}
