import { expect, it } from 'vitest'
import { compareImages } from './compare-images.ts'
import { type LayerEntry, LayerLedger } from './layer-ledger.ts'

const file = (path: string, sizeBytes: number, hash = path): LayerEntry => ({
  path,
  kind: 'file',
  sizeBytes,
  hash,
})

function stack(...layers: LayerEntry[][]): LayerLedger {
  const ledger = new LayerLedger()
  for (const layer of layers) ledger.addLayer(layer)
  return ledger
}

it('tells files that came, went and changed, and the folders that grew', () => {
  const from = stack([file('usr/bin/node', 90, 'v20'), file('etc/motd', 4), file('tmp/cache', 50)])
  const to = stack(
    [file('usr/bin/node', 120, 'v24'), file('etc/motd', 4), file('tmp/cache', 50)],
    [file('tmp/.wh.cache', 0), file('app/main.js', 7)],
  )
  expect(compareImages(from, to)).toEqual({
    addedCount: 1,
    addedBytes: 7,
    removedCount: 1,
    removedBytes: 50,
    changedCount: 1,
    changedDeltaBytes: 30,
    files: [
      { path: 'usr/bin/node', change: 'changed', fromBytes: 90, toBytes: 120 },
      { path: 'tmp/cache', change: 'removed', fromBytes: 50, toBytes: 0 },
      { path: 'app/main.js', change: 'added', fromBytes: 0, toBytes: 7 },
    ],
    folders: [
      { path: 'tmp', deltaBytes: -50, fileCount: 1 },
      { path: 'usr/bin', deltaBytes: 30, fileCount: 1 },
      { path: 'app', deltaBytes: 7, fileCount: 1 },
    ],
  })
})

it('sees a change of the same length, and none in how the files are spread over layers', () => {
  expect(compareImages(stack([file('a', 3, 'x')]), stack([file('a', 3, 'y')])).changedCount).toBe(1)
  const spread = compareImages(stack([file('a', 3), file('b', 2)]), stack([file('b', 2)], [file('a', 3)]))
  expect([spread.addedCount, spread.removedCount, spread.changedCount]).toEqual([0, 0, 0])
})
