import type { ImageAnalysis, ImageComparison } from '#lib/images/analysis'
import type { EngineAddress } from '#server/engine/client/open'

export interface ThreadData {
  address: EngineAddress
  /** One: analyse it. Two: compare the first with the second. `sha256:` and 64 hex digits. */
  imageIds: readonly [string] | readonly [string, string]
}

export type ThreadMessage =
  | { type: 'progress'; imageId: string; readBytes: number }
  | { type: 'analysis'; analysis: ImageAnalysis }
  | { type: 'comparison'; comparison: ImageComparison }
  | { type: 'error'; code: string; message: string; hint: string }
