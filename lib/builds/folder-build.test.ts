import { expect, test } from 'vitest'
import { folderBuildCommand, standardFolderBuild } from './folder-build.ts'
import { folderBuildRequest } from './folder-build-request.ts'

const request = (more: object = {}) =>
  folderBuildRequest.parse({ folder: '/srv/shop', name: 'shop:1', ...more })

test('says the docker command, as short as it can be', () => {
  expect(folderBuildCommand(request()).join(' ')).toBe('docker build -t shop:1 /srv/shop')
  expect(
    folderBuildCommand(
      request({
        dockerfile: 'web.Dockerfile',
        target: 'dev',
        args: [{ name: 'A', value: '1 2' }],
        secrets: [{ id: 'npmrc', file: '/home/ann/.npmrc' }],
        sshKeys: [{ id: 'default', file: '/home/ann/.ssh/id' }],
        platform: 'linux/arm64',
        isUncached: true,
        isPulled: true,
      }),
    ),
  ).toEqual(
    [
      ['docker', 'build', '-t', 'shop:1', '-f', '/srv/shop/web.Dockerfile', '--target', 'dev'],
      ['--build-arg', 'A=1 2', '--secret', 'id=npmrc,src=/home/ann/.npmrc'],
      ['--ssh', 'default=/home/ann/.ssh/id'],
      ['--platform', 'linux/arm64', '--no-cache', '--pull', '/srv/shop'],
    ].flat(),
  )
})

test('the options a page begins with are those a request without any means', () => {
  expect(request()).toEqual({ ...standardFolderBuild, folder: '/srv/shop', name: 'shop:1' })
})

test('never says the value of a secret', () => {
  const args = [
    { name: 'NPM_TOKEN', value: 'hunter2' },
    { name: 'DATABASE', value: 'postgres://ann:hunter2@db/shop' },
  ]
  const command = folderBuildCommand(request({ args }))
  expect(command).toEqual(expect.arrayContaining(['NPM_TOKEN', 'DATABASE']))
  expect(command.join(' ')).not.toContain('hunter2')
})

test.each([
  { folder: 'srv' },
  { folder: '/srv/../etc' },
  { dockerfile: '../Dockerfile' },
  { dockerfile: '/etc/passwd' },
  { name: 'Not a name' },
  { name: '' },
  { target: '--push' },
  { platform: 'linux' },
  { args: [{ name: '1A', value: '' }] },
  { secrets: [{ id: 'a b', file: '/x' }] },
  { secrets: [{ id: 'a', file: 'x' }] },
  { sshKeys: [{ id: 'a', file: '/x/../y' }] },
])('refuses %o', (more) => {
  expect(folderBuildRequest.safeParse({ folder: '/srv', name: 'a', ...more }).success).toBe(false)
})
