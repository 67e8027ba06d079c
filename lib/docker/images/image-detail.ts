import type { Instruction } from '../../images/instruction.ts'

/** One step of an image's history, oldest first. Source: `GET /images/{id}/history`. */
export interface ImageLayer extends Instruction {
  /** Bytes this step added; 0 for steps that only write configuration. */
  sizeBytes: number
  /** All bytes up to and with this step. */
  cumulativeBytes: number
  createdAtMs: number
  /** Tags that end at this step. */
  tags: string[]
}

/** A variable as the page may show it: secrets are masked by the server. */
export interface ImageVariable {
  name: string
  value: string
  isMasked: boolean
}

/** What an image runs with. Source: `GET /images/{id}/json`. */
export interface ImageConfig {
  entrypoint: string[]
  command: string[]
  environment: ImageVariable[]
  /** `8000/tcp`. */
  ports: string[]
  user: string
  workingDir: string
  volumes: string[]
  /** As a Dockerfile would say it; empty when there is none. */
  healthcheck: string
  stopSignal: string
  labels: Record<string, string>
}

/** An image with its configuration and layers; everything secret is masked. */
export interface ImageDetail {
  /** `sha256:` and 64 hex digits. */
  id: string
  tags: string[]
  digests: string[]
  sizeBytes: number
  createdAtMs: number
  /** `linux/amd64`, `linux/arm64/v8`. */
  platform: string
  author: string
  comment: string
  config: ImageConfig
  layers: ImageLayer[]
}
