/** An image in the live model. Source: `GET /images/json`. Who uses it is derived from the containers. */
export interface Image {
  /** `sha256:` and 64 hex digits. */
  id: string
  /** `repository:tag` references; empty when dangling. */
  tags: string[]
  digests: string[]
  /** All layers, in bytes. */
  sizeBytes: number
  createdAtMs: number
  isDangling: boolean
}
