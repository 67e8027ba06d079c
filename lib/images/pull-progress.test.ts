import { describe, expect, it } from 'vitest'
import { JobLog } from '#lib/jobs/job-log'
import {
  type EngineProgress,
  layerFraction,
  layerStep,
  type PullLayer,
  pullWords,
  readLayer,
} from './pull-progress.ts'

function follow(lines: EngineProgress[]): { log: JobLog; layers: PullLayer[] } {
  const known = new Map<string, PullLayer>()
  const log = new JobLog()
  for (const [index, line] of lines.entries()) {
    const layer = readLayer(line, line.id ? known.get(line.id) : undefined)
    if (!layer) continue
    known.set(layer.id, layer)
    log.apply({ events: [{ n: index + 1, atMs: index, kind: 'step', step: layerStep('app:1', layer) }] })
  }
  return { log, layers: [...known.values()] }
}

const oneLayer: EngineProgress[] = [
  { status: 'Pulling from library/app', id: 'latest' },
  { status: 'Pulling fs layer', id: 'a1' },
  { status: 'Waiting', id: 'a1' },
  { status: 'Downloading', id: 'a1', progressDetail: { current: 50, total: 100 } },
  { status: 'Verifying Checksum', id: 'a1' },
  { status: 'Download complete', id: 'a1' },
  { status: 'Extracting', id: 'a1', progressDetail: { current: 20, total: 100 } },
  { status: 'Pull complete', id: 'a1' },
  { status: 'Digest: sha256:00' },
]
const other: EngineProgress = { status: 'Downloading', id: 'b1', progressDetail: { current: 0, total: 10 } }

describe('pull progress', () => {
  it('does not take the tag for a layer', () => {
    expect(follow(oneLayer).layers.map(({ id }) => id)).toEqual(['a1'])
  })

  it('never goes back while a layer moves on, neither of it nor of the whole image', () => {
    const lines = [other, ...oneLayer]
    const fractions = lines.map(
      (_, index) => follow(lines.slice(0, index + 1)).log.groups()[0]?.fraction ?? 0,
    )
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBeCloseTo(100 / 110)
  })

  it('keeps layers in the order they came, whatever moves, below the image', () => {
    const { log } = follow([
      { status: 'Pulling fs layer', id: 'a' },
      { status: 'Already exists', id: 'b' },
      { status: 'Pulling fs layer', id: 'c' },
      { status: 'Downloading', id: 'c', progressDetail: { current: 5, total: 10 } },
      { status: 'Downloading', id: 'a', progressDetail: { current: 5, total: 30 } },
    ])
    const [group] = log.groups()
    expect(group?.label).toBe('app:1')
    expect(group?.steps.map(({ label, state }) => [label, state])).toEqual([
      ['a', 'running'],
      ['b', 'cached'],
      ['c', 'running'],
    ])
  })

  it('shows a retry as such, and never more than the whole', () => {
    const [layer] = follow([{ status: 'Retrying in 5 seconds', id: 'a' }]).layers
    expect(layer?.state).toBe('retrying')
    expect(layerFraction({ state: 'downloading', currentBytes: 200, totalBytes: 100 })).toBe(0.7)
  })

  it('says in a line what it did', () => {
    const { layers } = follow([...oneLayer, { status: 'Already exists', id: 'b' }])
    expect(pullWords(true, layers)).toBe('1 layer, 100 B fetched, 1 here already')
    expect(pullWords(false, [])).toBe('nothing new: the registry has the same image')
  })
})
