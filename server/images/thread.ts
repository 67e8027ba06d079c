import 'server-only'
import { parentPort, workerData } from 'node:worker_threads'
import { errorCode } from '#lib/api/errors'
import type { AnalysedLayer, ImageAnalysis, ImageComparison } from '#lib/images/analysis'
import { compareImages } from '#lib/images/compare-images'
import { readInstruction } from '#lib/images/instruction'
import { LayerLedger } from '#lib/images/layer-ledger'
import { readEngine } from '#server/engine/client/open'
import { type ArchiveLayer, readArchive } from './read-archive.ts'
import type { ThreadData, ThreadMessage } from './thread-protocol.ts'

const reportMs = 100
const { address, imageIds } = workerData as ThreadData
const never = new AbortController().signal

async function read(imageId: string, hasHashes: boolean): Promise<ArchiveLayer[]> {
  let readBytes = 0
  const report = (): void => say({ type: 'progress', imageId, readBytes })
  report()
  const timer = setInterval(report, reportMs)
  try {
    const path = `/images/${encodeURIComponent(imageId)}/get`
    const archive = await readEngine(address, path, { signal: never, noun: 'image' })
    return await readArchive(archive, { hasHashes, onBytes: (count) => (readBytes += count) })
  } finally {
    clearInterval(timer)
    report()
  }
}

function stack(layers: readonly ArchiveLayer[]): LayerLedger {
  const ledger = new LayerLedger()
  for (const { entries } of layers) ledger.addLayer(entries)
  return ledger
}

async function analyse(imageId: string): Promise<ImageAnalysis> {
  const startedAtMs = Date.now()
  const layers = await read(imageId, false)
  const ledger = stack(layers)
  return {
    imageId,
    layers: layers.map(({ diffId, createdBy }, index) => {
      // The ledger has a layer for each.
      const counted = ledger.layers[index] as Omit<AnalysedLayer, 'diffId' | 'keyword' | 'text'>
      return { diffId, ...readInstruction(createdBy), ...counted }
    }),
    fileCount: ledger.fileCount,
    totalBytes: ledger.totalBytes,
    visibleBytes: ledger.totalBytes - ledger.hiddenBytes,
    wastedBytes: ledger.hiddenBytes,
    diveEfficiency: ledger.diveEfficiency,
    hidden: ledger.hidden,
    hiddenFileCount: ledger.hiddenFileCount,
    hiddenBetween: ledger.hiddenBetween,
    analysedAtMs: startedAtMs,
    durationMs: Date.now() - startedAtMs,
  }
}

async function compare(fromId: string, toId: string): Promise<ImageComparison> {
  const from = await read(fromId, true)
  const to = await read(toId, true)
  const [before, now] = [stack(from), stack(to)]
  const differs = from.findIndex(({ diffId }, index) => diffId !== to[index]?.diffId)
  return {
    fromId,
    toId,
    fromBytes: before.totalBytes,
    toBytes: now.totalBytes,
    sharedLayerCount: differs < 0 ? from.length : differs,
    ...compareImages(before, now),
    comparedAtMs: Date.now(),
  }
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}

const [first, second] = imageIds
try {
  if (second === undefined) say({ type: 'analysis', analysis: await analyse(first) })
  else say({ type: 'comparison', comparison: await compare(first, second) })
} catch (error) {
  say({
    type: 'error',
    code: errorCode(error) ?? 'internal',
    message: error instanceof Error ? error.message : String(error),
    hint: error instanceof Error && 'hint' in error && typeof error.hint === 'string' ? error.hint : '',
  })
}
