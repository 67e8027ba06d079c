import { expect, it } from 'vitest'
import { idInTraces } from './itself.ts'

const id = 'a1b2c3d4e5f6'.padEnd(64, '0')
const nothing = { mountinfo: '', cgroup: '0::/\n', hostname: 'laptop' }

it('reads its container from the mount over /etc/hostname', () => {
  const mountinfo = `626 615 254:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw`
  expect(idInTraces({ ...nothing, mountinfo })).toBe(id)
})

it('is not fooled by the mounts of containers seen from the host', () => {
  const mountinfo = `512 29 0:55 / /var/lib/docker/containers/${id}/mounts/shm rw - tmpfs shm rw`
  expect(idInTraces({ ...nothing, mountinfo })).toBeNull()
})

it('reads both kinds of cgroup, and the host name at last', () => {
  expect(idInTraces({ ...nothing, cgroup: `12:memory:/docker/${id}\n` })).toBe(id)
  expect(idInTraces({ ...nothing, cgroup: `0::/system.slice/docker-${id}.scope\n` })).toBe(id)
  expect(idInTraces({ ...nothing, hostname: id.slice(0, 12) })).toBe(id.slice(0, 12))
  expect(idInTraces(nothing)).toBeNull()
})
