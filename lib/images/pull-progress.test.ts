import { describe, expect, it } from 'vitest'
import {
  applyPullMessage,
  type EngineProgress,
  layerFraction,
  noProgress,
  type PullLayer,
  type PullProgress,
  pullTotals,
  readLayer,
} from './pull-progress.ts'

function follow(lines: EngineProgress[]): PullProgress {
  const known = new Map<string, PullLayer>()
  let progress = noProgress
  for (const line of lines) {
    const layer = readLayer(line, line.id ? known.get(line.id) : undefined)
    if (!layer) continue
    known.set(layer.id, layer)
    progress = applyPullMessage(progress, { kind: 'layers', layers: [layer] })
  }
  return progress
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

describe('pull progress', () => {
  it('does not take the tag for a layer', () => {
    expect(follow(oneLayer).layers.map(({ id }) => id)).toEqual(['a1'])
  })

  it('never goes back while a layer moves on', () => {
    const fractions = oneLayer.map((_, index) => pullTotals(follow(oneLayer.slice(0, index + 1))).fraction)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  it('keeps layers in the order they came, whatever moves', () => {
    const progress = follow([
      { status: 'Pulling fs layer', id: 'a' },
      { status: 'Already exists', id: 'b' },
      { status: 'Pulling fs layer', id: 'c' },
      { status: 'Downloading', id: 'c', progressDetail: { current: 5, total: 10 } },
      { status: 'Downloading', id: 'a', progressDetail: { current: 5, total: 30 } },
    ])
    expect(progress.layers.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(pullTotals(progress)).toMatchObject({ downloadedBytes: 10, totalBytes: 40, doneLayers: 1 })
  })

  it('is whole when everything was there already, and at nothing before the first word', () => {
    expect(pullTotals(follow([{ status: 'Already exists', id: 'b' }])).fraction).toBe(1)
    expect(pullTotals(noProgress).fraction).toBe(0)
  })

  it('shows a retry as such, and never more than the whole', () => {
    const [layer] = follow([{ status: 'Retrying in 5 seconds', id: 'a' }]).layers
    expect(layer?.state).toBe('retrying')
    expect(layerFraction({ id: 'a', state: 'downloading', currentBytes: 200, totalBytes: 100 })).toBe(0.7)
  })

  it('keeps the end', () => {
    const end = { kind: 'end', isNew: true, digest: 'sha256:00' } as const
    expect(applyPullMessage(noProgress, end).end).toBe(end)
  })
})
