import { expect, it } from 'vitest'
import { type CleanupItem, cleanupCommands, freedBytes } from './cleanup.ts'

const item = (part: Partial<CleanupItem>): CleanupItem => ({
  kind: 'image',
  id: 'sha256:1',
  name: 'a:1',
  otherNames: [],
  sizeBytes: 5,
  project: null,
  createdAtMs: null,
  loses: 'rebuild',
  isSafe: false,
  reason: 'unused',
  ...part,
})

it('names exactly what goes, what uses others first', () => {
  const items = [
    item({ otherNames: ['b:1'] }),
    item({ kind: 'build_cache', name: '12 cached build steps', sizeBytes: 7 }),
    item({ kind: 'volume', name: 'data', sizeBytes: null }),
    item({ kind: 'container', name: 'old' }),
  ]
  expect(cleanupCommands(items).map((command) => command.join(' '))).toEqual([
    'docker rm old',
    'docker rmi a:1 b:1',
    'docker volume rm data',
    'docker builder prune -a -f',
  ])
  expect(freedBytes(items)).toBe(17)
})
