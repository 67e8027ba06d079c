/** How big things are. Source: `GET /system/df`, which walks the disk: measured on request, then kept for a while. */
export interface DiskUsage {
  measuredAtMs: number
  /** All image layers, each counted once. */
  layersBytes: number
  images: ImageUsage[]
  volumes: VolumeUsage[]
}

export interface ImageUsage {
  id: string
  sizeBytes: number
  /** Bytes other images use too; null when the Engine did not count. */
  sharedBytes: number | null
}

export interface VolumeUsage {
  name: string
  /** Null when the driver cannot tell. */
  sizeBytes: number | null
}
