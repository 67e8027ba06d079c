import { describe, expect, it, vi } from 'vitest'
import { CodedError } from '#lib/api/errors'
import { handle } from './handle.ts'

// Mocked: a store that breaks in the middle of a request cannot be had otherwise.
const authorise = vi.hoisted(() => vi.fn<() => never>())
vi.mock('#server/auth/authorise', async (original) => ({ ...(await original()), authorise }))

const call = (method: string, action?: string) => {
  const run = vi.fn<() => Promise<unknown>>().mockResolvedValue({ secret: 1 })
  const route = handle({ role: 'viewer', ...(action ? { action } : {}) }, run)
  const request = new Request('http://here.test/api/x', { method })
  return { run, answer: route(request, { params: Promise.resolve({}) }) }
}

describe('handle', () => {
  it.each([
    ['a store that throws', new Error('disk I/O error at /secret/path'), 500, 'internal'],
    ['a session that is none', new CodedError('not_signed_in', 'Sign in.'), 401, 'not_signed_in'],
    ['something odd', 'a string', 500, 'internal'],
  ])('never enters a handler behind %s', async (_, thrown, status, code) => {
    authorise.mockImplementation(() => {
      throw thrown
    })
    for (const method of ['GET', 'POST']) {
      const { run, answer } = call(method, method === 'POST' ? 'container.stop' : undefined)
      const { status: got, text } = await answer.then(async (one) => ({
        status: one.status,
        text: await one.text(),
      }))
      expect([method, got, run.mock.calls.length]).toEqual([method, status, 0])
      expect(text).toContain(`"${code}"`)
      expect(text).not.toContain('/secret/path')
    }
  })

  it('never enters one that changes something and names no action', async () => {
    const { run, answer } = call('POST')
    expect([(await answer).status, run.mock.calls.length]).toEqual([500, 0])
  })
})
