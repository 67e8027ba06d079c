import { describe, expect, it } from 'vitest'
import { type LayerEntry, LayerLedger } from './layer-ledger.ts'

const file = (path: string, sizeBytes: number): LayerEntry => ({ path, kind: 'file', sizeBytes })
const folder = (path: string): LayerEntry => ({ path, kind: 'directory', sizeBytes: 0 })
const gone = (path: string): LayerEntry => {
  const at = path.lastIndexOf('/') + 1
  return file(`${path.slice(0, at)}.wh.${path.slice(at)}`, 0)
}
const link = (path: string, linkTarget: string): LayerEntry => ({
  path,
  kind: 'hardlink',
  sizeBytes: 0,
  linkTarget,
})

function stack(...layers: LayerEntry[][]): LayerLedger {
  const ledger = new LayerLedger()
  for (const layer of layers) ledger.addLayer(layer)
  return ledger
}

/** The layers of dive's own test image: a base of 1,154,361 bytes and a text of 6,405 bytes, copied, moved and removed. */
function diveTestImage(): LayerLedger {
  const text = 6_405
  const home = folder('root')
  return stack(
    [folder('bin'), file('bin/busybox', 1_154_361)],
    [file('somefile.txt', text)],
    [home, folder('root/example'), folder('root/example/really'), folder('root/example/really/nested')],
    [home, folder('root/example'), file('root/example/somefile1.txt', text)],
    [home, folder('root/example'), file('root/example/somefile1.txt', text)],
    [home, folder('root/example'), file('root/example/somefile2.txt', text)],
    [home, folder('root/example'), file('root/example/somefile3.txt', text)],
    [home, folder('root/example'), gone('root/example/somefile3.txt'), file('root/saved.txt', text)],
    [home, file('root/.saved.txt', text)],
    [home, gone('root/example')],
    [home, folder('root/.data'), file('root/.data/test.sh', 2_187)],
    [folder('tmp'), file('tmp/saved.again1.txt', text)],
    [home, folder('root/.data'), file('root/.data/saved.again2.txt', text)],
    [home, file('root/saved.txt', text)],
  )
}

describe('the test image of dive', () => {
  const ledger = diveTestImage()

  it('has the efficiency and the waste that dive reports', () => {
    expect(ledger.totalBytes).toBe(1_220_598)
    expect(ledger.diveEfficiency).toBe(0.9844212134184309)
    expect(ledger.diveWastedBytes).toBe(32_025)
  })

  it('really hides 32,025 bytes, each told with who wrote and who hid it', () => {
    expect(ledger.hiddenBytes).toBe(32_025)
    expect(
      ledger.hidden.map(({ path, writtenIn, hiddenIn, reason }) => [path, writtenIn, hiddenIn, reason]),
    ).toEqual([
      ['root/example/somefile1.txt', 3, 4, 'replaced'],
      ['root/example/somefile3.txt', 6, 7, 'removed'],
      ['root/example/somefile1.txt', 4, 9, 'removed'],
      ['root/example/somefile2.txt', 5, 9, 'removed'],
      ['root/saved.txt', 7, 13, 'replaced'],
    ])
    expect(ledger.layers[9]?.hidesBytes).toBe(12_810)
    expect(ledger.layers[6]?.hiddenBytes).toBe(6_405)
  })
})

describe('waste', () => {
  it('of a tree whose owner is changed in a layer of its own is one copy, where dive counts both', () => {
    const ledger = stack([file('app/a', 30), file('app/b', 11)], [file('app/a', 30), file('app/b', 11)])
    expect(ledger.hiddenBytes).toBe(41)
    expect(ledger.diveWastedBytes).toBe(82)
  })

  it('of a file with two names begins when the last name is gone', () => {
    const linked = [file('a', 100), link('b', 'a')]
    expect(stack(linked, [gone('a')]).hiddenBytes).toBe(0)
    expect(stack(linked, [gone('a')], [gone('b')]).hiddenBytes).toBe(100)
    expect(stack([link('b', 'a'), file('a', 100)], [gone('a')]).hiddenBytes).toBe(0)
  })

  it('counts a folder that is emptied or replaced by a file', () => {
    const below = [folder('d'), file('d/x', 5), folder('d/e'), file('d/e/y', 7)]
    expect(stack(below, [folder('d'), file('d/.wh..wh..opq', 0), file('d/z', 1)]).hiddenBytes).toBe(12)
    expect(stack(below, [file('d', 3)]).hiddenBytes).toBe(12)
    expect(stack([file('d', 3)], [folder('d'), file('d/x', 5)]).hiddenBytes).toBe(3)
  })

  it('is not counted twice, and what comes back is new', () => {
    const ledger = stack([file('a', 9)], [gone('a')], [gone('a')], [file('a', 9)])
    expect(ledger.hiddenBytes).toBe(9)
    expect(ledger.totalBytes).toBe(18)
    expect(ledger.hiddenBetween).toEqual([{ writtenIn: 0, hiddenIn: 1, sizeBytes: 9, fileCount: 1 }])
  })

  it('does not let a whiteout take what its own layer writes', () => {
    expect(stack([file('d/a', 4)], [file('d/a', 6), gone('d')]).hiddenBytes).toBe(4)
  })
})

it('keeps the largest files of a layer, and survives names of the language', () => {
  const many = Array.from({ length: 500 }, (_, index) => file(`f/${index}`, index))
  const ledger = stack([...many, file('__proto__/constructor', 1_000)])
  expect(ledger.layers[0]?.largest).toHaveLength(20)
  expect(ledger.layers[0]?.largest[0]).toEqual({ path: '__proto__/constructor', sizeBytes: 1_000 })
  expect(ledger.layers[0]?.fileCount).toBe(501)
})
