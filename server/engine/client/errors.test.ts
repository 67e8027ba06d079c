import { describe, expect, it } from 'vitest'
import { CodedError } from '#lib/api/errors'
import { engineProblem, toEngineError } from './errors.ts'

const nodeError = (code: string, message = code) => Object.assign(new Error(message), { code })
const answer = (statusCode: number, message: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message} `), {
    statusCode,
    json: { message },
  })

describe('engineProblem', () => {
  it.each([
    [nodeError('ENOENT'), 'socket_missing'],
    [nodeError('ECONNREFUSED'), 'socket_refused'],
    [nodeError('EACCES'), 'socket_forbidden'],
    [nodeError('ECONNRESET', 'socket hang up'), 'not_answering'],
    [nodeError('HPE_INVALID_CONSTANT'), 'not_an_engine'],
    [answer(500, 'broken'), null],
    [new Error('anything'), null],
    ['text', null],
  ])('%s is %s', (error, problem) => {
    expect(engineProblem(error)).toBe(problem)
  })
})

describe('toEngineError', () => {
  it.each([
    [answer(404, 'No such container: x'), 'container_not_found'],
    [answer(409, 'The container name "/x" is already in use by container "y".'), 'name_taken'],
    [answer(409, 'container x is not running'), 'not_running'],
    [answer(409, 'volume is in use - [x]'), 'in_use'],
    [answer(409, 'something else'), 'conflict'],
    [answer(400, 'invalid'), 'bad_request'],
    [answer(500, 'disk full'), 'engine_error'],
    [nodeError('ENOENT'), 'engine_unreachable'],
    [nodeError('ETIMEDOUT'), 'engine_timeout'],
    [new Error('a bug'), 'internal'],
  ])('%s becomes %s', (error, code) => {
    expect(toEngineError(error, 'container').code).toBe(code)
  })

  it("keeps the Engine's words as a sentence, and a CodedError as it is", () => {
    expect(toEngineError(answer(500, 'layer does not exist')).message).toBe('Layer does not exist.')
    const full = toEngineError(answer(500, 'mkdir /x: no space left on device'))
    expect([full.message, full.hint]).toEqual([
      'Docker has no space left.',
      expect.stringMatching(/Clean up.*Docker said: mkdir \/x: no space left on device$/),
    ])
    const own = new CodedError('is_itself', 'x')
    expect(toEngineError(own)).toBe(own)
  })
})
