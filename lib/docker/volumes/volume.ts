/** A volume in the live model. Source: `GET /volumes`. Who uses it is derived from the containers' mounts. */
export interface Volume {
  name: string
  driver: string
  mountpoint: string
  scope: 'local' | 'global'
  createdAtMs: number | null
  /** Compose project and key in the file (`postgres_data`), or null. */
  compose: { project: string; volume: string } | null
  /** Made by the Engine without a name (64 hex digits). */
  isAnonymous: boolean
}
