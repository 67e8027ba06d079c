import { describe, expect, it } from 'vitest'
import { aContainer } from '../../../tests/fixtures/container.ts'
import { attentionOf as attentionAt, steadyAttention } from './attention.ts'
import type { Container } from '../containers/container.ts'

const container = (over: Partial<Container>): Container =>
  aContainer('shop-app-1', { id: 'a'.repeat(64), startedAtMs: 1000, finishedAtMs: 5000, ...over })

const attentionOf = (containers: readonly Container[]) => attentionAt(containers, 100_000)

describe('attentionOf', () => {
  it('is silent about what is well, stopped or completed', () => {
    expect(
      attentionOf([
        container({}),
        container({ state: 'exited', exitCode: 0 }),
        container({ state: 'exited', exitCode: 143 }),
      ]),
    ).toEqual([])
  })

  it('says how often and how fast it fails', () => {
    const [item] = attentionOf([container({ state: 'restarting', exitCode: 1, restartCount: 6 })])
    expect(item?.title).toBe('shop-app-1 keeps failing')
    expect(item?.detail).toBe('It exits with 1 after 4 s: the program failed. Restarted 6 times.')
    expect(item?.look).toBe('logs')
  })

  it('quotes the Engine when it could not start', () => {
    const [item] = attentionOf([container({ state: 'created', startError: 'port is already allocated' })])
    expect(item).toMatchObject({ title: 'shop-app-1 could not start', evidence: 'port is already allocated' })
  })

  it('looks at the health check of what runs', () => {
    expect(attentionOf([container({ health: 'unhealthy' })])[0]?.look).toBe('health')
  })

  it('keeps what loops in its place while it tries again, and lets go once it lasts', () => {
    const failing = container({ id: 'b'.repeat(64), state: 'restarting', exitCode: 1, restartCount: 6 })
    const other = container({ name: 'a', state: 'exited', exitCode: 1 })
    const before = attentionOf([other, failing])
    const again = { ...failing, state: 'running' as const, exitCode: null, startedAtMs: 20_000 }
    const steady = (nowMs: number) => steadyAttention(attentionAt([other, again], nowMs), before)
    expect(steady(21_000).map(({ title }) => title)).toEqual(['shop-app-1 keeps failing', 'a failed'])
    expect(steady(21_000)[0]?.detail).toBe(before[0]?.detail)
    expect(steady(30_001).map(({ title }) => title)).toEqual(['a failed'])
  })

  it('says what a loop is, also to somebody who comes in the middle of a try', () => {
    const again = container({ restartCount: 3, startedAtMs: 20_000 })
    expect(attentionAt([again], 21_000)[0]).toMatchObject({
      title: 'shop-app-1 keeps failing',
      detail: 'It ends again and again, and the Engine starts it again.',
    })
    expect(attentionOf([container({ state: 'restarting', exitCode: 0 })])[0]?.title).toBe(
      'shop-app-1 keeps ending',
    )
  })

  it('puts loops before failures before bad health', () => {
    const list = attentionOf([
      container({ name: 'a', health: 'unhealthy' }),
      container({ name: 'b', state: 'exited', exitCode: 1 }),
      container({ name: 'c', state: 'restarting', exitCode: 1 }),
    ])
    expect(list.map((item) => item.container.name)).toEqual(['c', 'b', 'a'])
  })
})
