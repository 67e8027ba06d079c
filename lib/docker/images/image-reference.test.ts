import { describe, expect, it } from 'vitest'
import {
  imageReferenceProblem,
  imageTagProblem,
  newImageNameProblem,
  parseImageReference,
  repositoryAndTag,
} from './image-reference.ts'

const hex = 'a'.repeat(64)

describe('image references', () => {
  it.each([
    ['postgres', 'docker.io', 'postgres', '', ''],
    ['postgres:17-trixie', 'docker.io', 'postgres', '17-trixie', ''],
    ['acme/app_v2:1.0', 'docker.io', 'acme/app_v2', '1.0', ''],
    ['a__b/c---d', 'docker.io', 'a__b/c---d', '', ''],
    ['localhost/app', 'localhost', 'app', '', ''],
    ['localhost:5000/app:x', 'localhost:5000', 'app', 'x', ''],
    ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000', 'a/b/c', '', ''],
    ['[::1]:5000/app:1', '[::1]:5000', 'app', '1', ''],
    ['GHCR.io/acme/app', 'GHCR.io', 'acme/app', '', ''],
    [`ghcr.io/acme/app:1@sha256:${hex}`, 'ghcr.io', 'acme/app', '1', `sha256:${hex}`],
    [`app@sha256:${hex}`, 'docker.io', 'app', '', `sha256:${hex}`],
  ])('reads %s', (text, registry, path, tag, digest) => {
    expect(parseImageReference(text)).toEqual({ registry, path, tag, digest })
  })

  it.each([
    ['', 'Write an image'],
    ['Postgres', 'lower case'],
    ['acme/App', 'lower case'],
    ['post gres', 'no spaces'],
    ['postgres:17\n', 'no spaces'],
    ['https://ghcr.io/acme/app', 'scheme'],
    ['postgres:', 'after the colon'],
    ['postgres:-x', 'begins with'],
    [`postgres:${'a'.repeat(129)}`, '128'],
    ['postgres@sha256:12', 'digest'],
    ['/postgres', 'empty'],
    ['a//b', 'empty'],
    ['a/', 'empty'],
    [':17', 'empty'],
    ['-rm', 'not allowed'],
    ['--privileged', 'not allowed'],
    ['a..b', 'not allowed'],
    ['a___b', 'not allowed'],
    ['../../etc/passwd', 'registry host'],
    ['app;rm -rf', 'no spaces'],
    ['app;rm', 'not allowed'],
    ['$(id)', 'not allowed'],
    ['<b>x</b>', 'not allowed'],
    ['ａｐｐ', 'not allowed'],
    ['app:töst', 'begins with'],
    ['foo_bar.com:8080/app', 'registry host'],
    ['ghcr.io:123456/app', 'registry host'],
    [hex, 'image id'],
    ['x'.repeat(256), 'longer'],
  ])('refuses %s', (text, words) => {
    expect(imageReferenceProblem(text)).toContain(words)
    expect(parseImageReference(text)).toBeNull()
    expect(repositoryAndTag(text)).toBeNull()
  })

  it('survives long hostile input', () => {
    expect(imageReferenceProblem(`${'a-'.repeat(50_000)}!`)).not.toBeNull()
    expect(imageReferenceProblem(`${'a.'.repeat(50_000)}/x`)).not.toBeNull()
  })

  it('splits for the Engine, with latest where no tag is written', () => {
    expect(repositoryAndTag('postgres')).toEqual({ repository: 'postgres', tag: 'latest' })
    expect(repositoryAndTag('localhost:5000/a:1')).toEqual({ repository: 'localhost:5000/a', tag: '1' })
    expect(repositoryAndTag(`a@sha256:${hex}`)).toEqual({ repository: 'a', tag: `sha256:${hex}` })
  })

  it('refuses a digest in a new name, and a bad tag alone', () => {
    expect(newImageNameProblem(`a@sha256:${hex}`)).toContain('digest')
    expect(newImageNameProblem('app:1')).toBeNull()
    expect(imageTagProblem('1.2_x-y')).toBeNull()
    expect(imageTagProblem('a/b')).not.toBeNull()
  })
})
