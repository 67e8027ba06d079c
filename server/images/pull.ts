import 'server-only'
import { command } from '#lib/docker/command'
import { layerStep, type PullLayer, pullWords } from '#lib/images/pull-progress'
import type { Job } from '#lib/jobs/job'
import { requireWritable } from '#server/auth/read-only'
import { pullImage } from '#server/engine/images/image-pull'
import { startJob } from '#server/jobs/jobs'

/** Pulls an image as a job, each layer a step. Of the same reference one pull runs at a time; what it fails with is the job's result. */
export function startPull(reference: string, who: string): { job: Job; ended: Promise<Job> } {
  requireWritable()
  return startJob({
    kind: 'image.pull',
    title: `Pull ${reference}`,
    command: command.pull(reference),
    who,
    lane: `image ${reference}`,
    run: async (sink, signal) => {
      const layers = new Map<string, PullLayer>()
      const onLayer = (layer: PullLayer): void => {
        layers.set(layer.id, layer)
        sink.step(layerStep(reference, layer))
      }
      try {
        const { isNew } = await pullImage(reference, { signal, onLayer })
        return { isFailed: false, result: pullWords(isNew, [...layers.values()]) }
      } catch (error) {
        if (!signal.aborted) throw error
        sink.line('Layers that were whole are kept and not fetched again next time.', 'note')
        return { isFailed: true, result: '' }
      }
    },
  })
}
