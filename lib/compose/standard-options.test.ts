import { expect, test } from 'vitest'
import { buildRequest, downRequest, pullRequest, runRequest, upRequest } from './request.ts'
import { standardBuild, standardDown, standardPull, standardRun, standardUp } from './standard-options.ts'

test('the options a page begins with are those a request without any means', () => {
  expect(standardUp).toEqual(upRequest.parse({}))
  expect(standardDown).toEqual(downRequest.parse({}))
  expect(standardPull).toEqual(pullRequest.parse({}))
  expect(standardBuild).toEqual(buildRequest.parse({}))
  expect({ service: 'web', ...standardRun }).toEqual(runRequest.parse({ service: 'web' }))
})
