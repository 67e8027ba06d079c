/** What the list does not tell about a volume. Source: `GET /volumes/{name}`. */
export interface VolumeDetail {
  name: string
  labels: Record<string, string>
  /** Driver options, with passwords masked. */
  options: Record<string, string>
  /** What the driver reports, as text. */
  status: Record<string, string>
}
