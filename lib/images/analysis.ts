import type { Instruction } from './instruction.ts'

/** Why bytes of a layer are in no container made from the image. */
export type HiddenReason = 'replaced' | 'removed'

/** A file that the image carries and no container sees. Layers count from 0, oldest first, those without files left out. */
export interface HiddenFile {
  path: string
  sizeBytes: number
  writtenIn: number
  hiddenIn: number
  reason: HiddenReason
}

/** What one layer hides of another, all files together. */
export interface HiddenBetween {
  writtenIn: number
  hiddenIn: number
  sizeBytes: number
  fileCount: number
}

export interface LargeFile {
  path: string
  sizeBytes: number
}

/** One layer with files, and where its bytes went. */
export interface AnalysedLayer extends Instruction {
  /** `sha256:` and 64 hex digits of its uncompressed archive. */
  diffId: string
  /** Bytes of the files in it. */
  sizeBytes: number
  fileCount: number
  /** Of these, bytes that later layers hide. */
  hiddenBytes: number
  /** Bytes of earlier layers that this one hides. */
  hidesBytes: number
  largest: LargeFile[]
}

/** Every file of an image, layer by layer: what it costs and what of it nobody will ever read. */
export interface ImageAnalysis {
  imageId: string
  /** Oldest first. */
  layers: AnalysedLayer[]
  fileCount: number
  /** Bytes of all files in all layers. */
  totalBytes: number
  /** Bytes a container sees. */
  visibleBytes: number
  /** `totalBytes - visibleBytes`. */
  wastedBytes: number
  /** The efficiency figure of the tool dive, 0 to 1, for comparing with its reports. */
  diveEfficiency: number
  /** The largest hidden files, at most 200. */
  hidden: HiddenFile[]
  hiddenFileCount: number
  hiddenBetween: HiddenBetween[]
  analysedAtMs: number
  durationMs: number
}

export interface ChangedFile {
  path: string
  change: 'added' | 'removed' | 'changed'
  fromBytes: number
  toBytes: number
}

export interface ChangedFolder {
  path: string
  /** Bytes it grew by; negative where it shrank. */
  deltaBytes: number
  fileCount: number
}

/** What a container sees in one image and not in the other. */
export interface ImageComparison {
  fromId: string
  toId: string
  fromBytes: number
  toBytes: number
  /** Layers both begin with. */
  sharedLayerCount: number
  addedCount: number
  addedBytes: number
  removedCount: number
  removedBytes: number
  changedCount: number
  /** Bytes that changed files grew by. */
  changedDeltaBytes: number
  /** The changes that weigh most, at most 300. */
  files: ChangedFile[]
  /** Folders that grew or shrank most, at most 40. */
  folders: ChangedFolder[]
  comparedAtMs: number
}
