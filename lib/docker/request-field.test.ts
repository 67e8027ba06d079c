import { describe, expect, it } from 'vitest'
import { pullImageRequest, tagImageRequest } from './images/image-request.ts'
import { connectRequest, createNetworkRequest } from './networks/network-request.ts'
import { createVolumeRequest } from './volumes/volume-request.ts'

const id = 'a'.repeat(64)

describe('requests', () => {
  it('fill in what may be left out', () => {
    expect(createNetworkRequest.parse({ name: 'shop' })).toEqual({
      name: 'shop',
      driver: 'bridge',
      subnet: '',
      isInternal: false,
      parent: '',
    })
    expect(connectRequest.parse({ containerId: id })).toEqual({ containerId: id, aliases: [], ipAddress: '' })
    expect(createVolumeRequest.parse({ name: 'data' })).toEqual({ name: 'data', driver: 'local', labels: {} })
  })

  it('name the field and the mistake as the form does', () => {
    const issue = createNetworkRequest.safeParse({ name: 'shop', subnet: '10.0.0.7/24' }).error?.issues[0]
    expect(issue?.path).toEqual(['subnet'])
    expect(issue?.message).toContain('10.0.0.0/24')
  })

  it.each([
    [createNetworkRequest, { name: 'a b' }],
    [createNetworkRequest, { name: 'shop', driver: 'overlay' }],
    [createNetworkRequest, { name: 'shop', extra: 1 }],
    [createNetworkRequest, { name: 'x', parent: '../eth0' }],
    [createNetworkRequest, {}],
    [connectRequest, { containerId: '../x' }],
    [connectRequest, { containerId: id, ipAddress: '1.2.3' }],
    [connectRequest, { containerId: id, ipAddress: 'fd00::1' }],
    [connectRequest, { containerId: id, aliases: ['-x'] }],
    [createVolumeRequest, { name: '/etc' }],
    [createVolumeRequest, { name: 'data', labels: { 'com.docker.compose.project': 'x' } }],
    [createVolumeRequest, { name: 'data', labels: { a: 1 } }],
    [tagImageRequest, { name: 'App' }],
    [tagImageRequest, { name: `app@sha256:${id}` }],
    [pullImageRequest, { reference: '' }],
    [pullImageRequest, { reference: 'http://x/y' }],
    [pullImageRequest, null],
  ])('%# refuse %j', (schema, body) => {
    expect(schema.safeParse(body).success).toBe(false)
  })
})
