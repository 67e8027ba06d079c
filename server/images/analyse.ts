import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import type { Job } from '#lib/jobs/job'
import { formatBytes } from '#lib/format/bytes'
import { callEngine, engineAddress } from '#server/engine/client/client'
import { type JobOutcome, startJob } from '#server/jobs/jobs'
import type { JobSink } from '#server/jobs/sink'
import { startThread } from '#server/thread-file'
import { keepAnalysis, keepComparison } from './results.ts'
import type { ThreadData, ThreadMessage } from './thread-protocol.ts'

/** The Engine packs and copies one image at a time well enough. */
const lane = 'image analysis'
const heapMb = 768

interface KnownImage {
  id: string
  name: string
  sizeBytes: number
}

/** Reads every file name of an image, as a job; the result is kept (`readAnalysis`). Throws `image_not_found`. */
export async function startAnalysis(id: string, who: string): Promise<Job> {
  const image = await known(id)
  return startJob({
    kind: 'image.analyse',
    title: `Analyse ${image.name}`,
    command: ['docker', 'image', 'save', image.name],
    who,
    lane,
    run: (sink, signal) => runThread([image], sink, signal),
  }).job
}

/** Compares what a container sees of two images, as a job; the result is kept (`readComparison`). Throws `image_not_found`. */
export async function startComparison(fromId: string, toId: string, who: string): Promise<Job> {
  const [from, to] = await Promise.all([known(fromId), known(toId)])
  return startJob({
    kind: 'image.compare',
    title: `Compare ${from.name} with ${to.name}`,
    command: ['docker', 'image', 'save', from.name, to.name],
    who,
    lane,
    run: (sink, signal) => runThread([from, to], sink, signal),
  }).job
}

/** The full id of an image. Throws `image_not_found`. */
export async function fullImageId(id: string): Promise<string> {
  return (await known(id)).id
}

async function known(id: string): Promise<KnownImage> {
  const raw = await callEngine((docker) => docker.getImage(id).inspect(), { noun: 'image' })
  const name = raw.RepoTags?.[0] ?? raw.Id.replace('sha256:', '').slice(0, 12)
  return { id: raw.Id, name, sizeBytes: raw.Size }
}

function runThread(images: readonly KnownImage[], sink: JobSink, signal: AbortSignal): Promise<JobOutcome> {
  const data: ThreadData = {
    address: engineAddress(),
    imageIds: images.map(({ id }) => id) as [string] | [string, string],
  }
  const worker = startThread('server/images/thread.ts', {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  const stop = (): void => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  const progress = new Progress(images, sink)
  return new Promise<JobOutcome>((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.type === 'progress') progress.take(message.imageId, message.readBytes)
      else if (message.type === 'error') reject(toError(message))
      else resolve(finish(message, progress))
    })
    worker.on('error', (error: NodeJS.ErrnoException) => reject(ofThread(error)))
    worker.on('exit', () => resolve({ isFailed: true, result: 'It ended before it was through.' }))
  }).finally(() => {
    signal.removeEventListener('abort', stop)
    stop()
  })
}

function finish(message: ThreadMessage, progress: Progress): JobOutcome {
  progress.end()
  if (message.type === 'analysis') {
    keepAnalysis(message.analysis)
    const { fileCount, wastedBytes } = message.analysis
    const waste = wastedBytes === 0 ? 'no byte' : formatBytes(wastedBytes)
    return { isFailed: false, result: `${fileCount.toLocaleString('en')} files, ${waste} wasted` }
  }
  if (message.type === 'comparison') {
    keepComparison(message.comparison)
    const { addedCount, removedCount, changedCount } = message.comparison
    return {
      isFailed: false,
      result: `${addedCount} files added, ${removedCount} removed, ${changedCount} changed`,
    }
  }
  return { isFailed: true, result: '' }
}

/** How far each image is read; the Engine sends a little more than the image's size. */
class Progress {
  readonly #images: readonly KnownImage[]
  readonly #sink: JobSink
  readonly #startedAtMs = new Map<string, number>()

  constructor(images: readonly KnownImage[], sink: JobSink) {
    this.#images = images
    this.#sink = sink
    for (const { id, name } of images) sink.step({ id, label: name, state: 'waiting' })
  }

  take(id: string, readBytes: number): void {
    const image = this.#images.find((each) => each.id === id)
    if (!image) return
    const startedAtMs = this.#startedAtMs.get(id) ?? Date.now()
    this.#startedAtMs.set(id, startedAtMs)
    this.#sink.step({
      id,
      label: image.name,
      state: 'running',
      detail: readBytes === 0 ? 'Docker packs the image' : 'reading',
      currentBytes: Math.min(readBytes, image.sizeBytes),
      totalBytes: image.sizeBytes,
      startedAtMs,
    })
  }

  end(): void {
    for (const { id, name, sizeBytes } of this.#images)
      this.#sink.step({
        id,
        label: name,
        state: 'done',
        currentBytes: sizeBytes,
        totalBytes: sizeBytes,
        startedAtMs: this.#startedAtMs.get(id) ?? Date.now(),
        endedAtMs: Date.now(),
      })
  }
}

function toError({ code, message, hint }: Extract<ThreadMessage, { type: 'error' }>): Error {
  const known = errorCode({ code })
  return known ? new CodedError(known, message, hint ? { hint } : {}) : new Error(message)
}

function ofThread(error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error
  return new CodedError('too_large', `The image has more files than ${heapMb} MB of memory hold.`, {
    cause: error,
  })
}
