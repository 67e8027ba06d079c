import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { downloadFromVolume, downloadResponse, openDownload } from '#server/files/download'
import { listChanges } from '#server/files/changes'
import { listFolder } from '#server/files/list-folder'
import { removePath, renamePath } from '#server/files/change-path'
import { inContainer, removeOldHelpers, withVolume } from '#server/files/place'
import { readFileText } from '#server/files/read-file'
import { requireUnused, restoreVolume } from '#server/files/restore'
import { writeFile } from '#server/files/upload'
import { listContainers } from '#server/engine/containers/containers'
import { firstSnapshot, stopLiveModel } from '#server/engine/model/live-model'
import { createContainer, docker, prefix, removeFixtures, runContainer } from './fixtures.ts'

const volume = `${prefix}-files`
const other = `${prefix}-files-2`
const never = new AbortController().signal
const odd = `it's "odd" é日\nline`
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const bodyOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new Response(bytes as never).body ?? new ReadableStream()
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer())

/** Every entry of a tar with the sum of its bytes. */
async function contentsOf(bytes: Buffer): Promise<unknown[]> {
  const tar = extract()
  Readable.from([bytes]).pipe(tar)
  const all: unknown[] = []
  for await (const entry of tar) {
    const { name, type, mode, uid, gid, linkname, mtime } = entry.header
    const sum = createHash('sha256')
    for await (const chunk of entry as AsyncIterable<Buffer>) sum.update(chunk)
    // Unpacking into the root writes it, so that its own time is another.
    const writtenAt = name === './' ? null : mtime
    all.push({ name, type, mode, uid, gid, linkname, writtenAt, sum: sum.digest('hex') })
  }
  return all
}

let running = ''
let stopped = ''

beforeAll(async () => {
  await firstSnapshot(10_000)
  await docker.createVolume({ Name: volume })
  await docker.createVolume({ Name: other })
  const script = [
    'mkdir -p "/w/a b/deep/er" /data/sub',
    `printf 'hello <b>\\033[31m' > '/w/a b/text'`,
    'head -c 3000 /dev/zero > /w/zeros',
    'ln -s /etc/passwd /w/link; ln -s /nowhere /w/dangling; ln /w/zeros /w/zeros-too; mkfifo /w/pipe',
    `touch "$(printf '/w/%s' "$ODD")"`,
    'chown 5:6 /w/zeros; chmod 4750 /w/zeros; rm /etc/group; echo x >> /etc/hosts.equiv',
    'echo one > /data/one; echo two > /data/sub/two; ln -s one /data/alias; ln -s /etc/passwd /data/out; chown 7:8 /data/sub',
    'touch /tmp/ready; sleep 600',
  ].join('\n')
  running = (
    await runContainer('files', {
      Cmd: ['sh', '-c', script],
      Env: [`ODD=${odd}`],
      HostConfig: { Binds: [`${volume}:/data`] },
    })
  ).id
  stopped = (await createContainer('files-stopped')).id
  await vi.waitFor(
    async () => {
      const { entries } = await listFolder(inContainer(running), '/tmp')
      expect(entries?.map(({ name }) => name)).toContain('ready')
    },
    { timeout: 20_000 },
  )
})
afterAll(async () => {
  await removeFixtures()
  for (const name of [volume, other]) await docker.getVolume(name).remove()
  await stopLiveModel()
})

describe('listFolder', () => {
  it('tells the names, kinds, sizes and owners of a folder', async () => {
    const { entries, cut, path } = await listFolder(inContainer(running), '/w/')
    const named = new Map(entries?.map((entry) => [entry.name, entry]))
    expect([path, cut]).toEqual(['/w', null])
    expect(named.get('a b')).toMatchObject({ type: 'folder', change: 'added' })
    expect(named.get('zeros')).toMatchObject({ type: 'file', sizeBytes: 3000, owner: '5:6', mode: 0o4750 })
    expect(named.get('zeros-too')?.sizeBytes).toBe(3000)
    expect(named.get('link')).toMatchObject({ type: 'link', linkTarget: '/etc/passwd' })
    expect(named.get('pipe')).toMatchObject({ type: 'other' })
    expect([...named.keys()]).toContain(odd)
    expect([...named.keys()]).not.toContain('deep')
  })
  it('marks what differs from the image, also what is gone', async () => {
    const { entries } = await listFolder(inContainer(running), '/etc')
    const changes = Object.fromEntries((entries ?? []).map(({ name, change }) => [name, change]))
    expect(changes).toMatchObject({ group: 'removed', 'hosts.equiv': 'added', passwd: null })
    const { changes: all } = await listChanges(running)
    expect(all).toContainEqual({ path: '/etc/group', kind: 'removed' })
    expect(all).toContainEqual({ path: '/w', kind: 'added' })
  })
  it('looks into a container that does not run, and follows links', async () => {
    expect((await listFolder(inContainer(stopped), '/')).entries?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['bin', 'etc', 'tmp']),
    )
    expect(await listFolder(inContainer(running), '/w/link')).toMatchObject({
      path: '/etc/passwd',
      entries: null,
      file: { type: 'file' },
    })
  })
  it('says that a tree is too big to be read, and still names what is known', async () => {
    const big = await createContainer('files-big', { Image: 'node:24-trixie-slim' })
    const { entries, cut } = await listFolder(inContainer(big.id), '/')
    expect(cut).toMatch(/too (?:much|long)/)
    expect(entries?.map(({ name }) => name)).toEqual(expect.arrayContaining(['bin', 'etc', 'usr', 'var']))
  })
  it.each(['/; id', '/$(id)', '/`id`', '/nope', '/w/../../../../nope'])(
    'takes %j for a name, never for a command',
    async (path) => {
      await expect(listFolder(inContainer(running), path)).rejects.toMatchObject({ code: 'not_found' })
    },
  )
  it('does not know a container that is gone', async () => {
    await expect(listFolder(inContainer('0'.repeat(64)), '/')).rejects.toMatchObject({
      code: 'container_not_found',
    })
  })
})

describe('reading a file', () => {
  it('shows text to the letter, and nothing of what is none', async () => {
    expect(await readFileText(inContainer(running), '/w/a b/text')).toMatchObject({
      text: 'hello <b>\u001b[31m',
      isBinary: false,
      isCut: false,
      sizeBytes: 14,
    })
    expect(await readFileText(inContainer(running), '/w/zeros')).toMatchObject({
      text: '',
      isBinary: true,
      sizeBytes: 3000,
    })
    await expect(readFileText(inContainer(running), '/w')).rejects.toMatchObject({ code: 'conflict' })
    await expect(readFileText(inContainer(running), '/w/pipe')).rejects.toMatchObject({ code: 'conflict' })
    await expect(readFileText(inContainer(running), '/w/dangling')).rejects.toMatchObject({
      code: 'not_found',
    })
  })
  it('reads the beginning only of a long one', async () => {
    await writeFile(
      inContainer(stopped),
      {
        path: '/tmp/long',
        sizeBytes: 2_000_000,
        overwrite: false,
        body: bodyOf(Buffer.alloc(2_000_000, 'a')),
      },
      never,
    )
    const { text, isCut, sizeBytes } = await readFileText(inContainer(stopped), '/tmp/long')
    expect([text.length, isCut, sizeBytes]).toEqual([524_288, true, 2_000_000])
  })
})

describe('in and out', () => {
  it.each(['plain', 'with space', odd, '-rf', '; id'])(
    'keeps the bytes of a file called %j',
    async (name) => {
      const bytes = randomBytes(100_001)
      const path = `/tmp/${name}`
      await writeFile(
        inContainer(stopped),
        { path, sizeBytes: bytes.length, overwrite: false, body: bodyOf(bytes) },
        never,
      )
      const out = await openDownload(inContainer(stopped), path, 'x')
      expect([out.fileName, out.sizeBytes]).toEqual([name, bytes.length])
      expect(hash(await bytesOf(downloadResponse(out)))).toBe(hash(bytes))
    },
  )
  it('replaces a file only when told to, and keeps its mode and owner', async () => {
    const write = (overwrite: boolean, path = '/w/zeros') =>
      writeFile(
        inContainer(running),
        { path, sizeBytes: 3, overwrite, body: bodyOf(Buffer.from('new')) },
        never,
      )
    await expect(write(false)).rejects.toMatchObject({
      code: 'conflict',
      message: '/w/zeros is there already: a file of 3000 bytes.',
    })
    await write(true)
    const entry = (await listFolder(inContainer(running), '/w')).entries?.find(({ name }) => name === 'zeros')
    expect(entry).toMatchObject({ sizeBytes: 3, owner: '5:6', mode: 0o750 })
    await expect(write(true, '/w/a b')).rejects.toMatchObject({
      code: 'conflict',
      message: '/w/a b is a folder: a file cannot replace it.',
    })
    await expect(write(true, '/no/such/folder/x')).rejects.toMatchObject({ code: 'not_found' })
    await expect(write(true, '/')).rejects.toMatchObject({ code: 'bad_request' })
  })
  it('streams 100 MB both ways in bounded memory', async () => {
    const size = 100 * 2 ** 20
    const block = randomBytes(1 << 20)
    const sent = createHash('sha256')
    async function* blocks(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 100; count += 1) {
        sent.update(block)
        yield block
      }
    }
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let highest = before
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 5)
    await writeFile(
      inContainer(stopped),
      {
        path: '/tmp/large',
        sizeBytes: size,
        overwrite: true,
        body: Readable.toWeb(Readable.from(blocks())) as never,
      },
      never,
    )
    const received = createHash('sha256')
    const response = downloadResponse(await openDownload(inContainer(stopped), '/tmp/large', 'x'))
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) received.update(chunk)
    clearInterval(watch)
    expect(received.digest('hex')).toBe(sent.digest('hex'))
    expect(highest - before).toBeLessThan(64 * 2 ** 20)
  })
  it('downloads a folder as the tar docker cp makes', async () => {
    const out = await openDownload(inContainer(running), '/w/a b', 'x')
    expect(out.fileName).toBe('a b.tar')
    const bytes = await bytesOf(downloadResponse(out))
    expect(bytes.toString('latin1')).toContain('a b/text')
  })
  it('stops in the Engine when nobody wants the rest', async () => {
    const response = downloadResponse(await openDownload(inContainer(stopped), '/tmp/large', 'x'))
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
  })
})

describe('a volume', () => {
  const helpers = () =>
    docker.listContainers({ all: true, filters: { label: ['composure.helper=files'], volume: [volume] } })

  it('is looked into without a shell, and without a container in any list', async () => {
    const seen = await withVolume(volume, 'read', async (place) => {
      expect(await helpers()).toHaveLength(1)
      expect((await listContainers()).some(({ id }) => id === place.containerId)).toBe(false)
      return listFolder(place, '/')
    })
    expect(seen.entries?.map(({ name }) => name).sort()).toEqual(['alias', 'one', 'out', 'sub'])
    expect(seen.entries?.find(({ name }) => name === 'sub')).toMatchObject({ owner: '7:8' })
    expect(await helpers()).toHaveLength(0)
    const read = (path: string) => withVolume(volume, 'read', (place) => readFileText(place, path))
    expect((await read('/sub/two')).text).toBe('two\n')
    expect((await read('/alias')).text).toBe('one\n')
    await expect(read('/out')).rejects.toMatchObject({
      code: 'conflict',
      message: 'This link leads out of the volume, to /etc/passwd.',
    })
    await expect(withVolume(`${prefix}-nope`, 'read', async () => undefined)).rejects.toMatchObject({
      code: 'volume_not_found',
    })
    expect(await helpers()).toHaveLength(0)
  })

  it('is backed up and restored to the same bytes, owners and links', async () => {
    const backup = await bytesOf(await downloadFromVolume(volume, '/'))
    await expect.poll(helpers).toHaveLength(0)
    for (const bytes of [backup, gzipSync(backup)])
      expect(await restoreVolume(other, bodyOf(bytes), never)).toEqual({ files: 4, bytes: 8 })
    const again = await withVolume(other, 'read', async (place) => ({
      top: await listFolder(place, '/'),
      sub: await listFolder(place, '/sub'),
      two: await readFileText(place, '/sub/two'),
    }))
    const before = await withVolume(volume, 'read', (place) => listFolder(place, '/'))
    expect(again.top.entries).toEqual(before.entries)
    expect(again.two.text).toBe('two\n')
    expect(await contentsOf(await bytesOf(await downloadFromVolume(other, '/')))).toEqual(
      await contentsOf(backup),
    )
  })

  it('is not restored under a running program without a second yes', async () => {
    await expect(requireUnused(volume, false)).rejects.toMatchObject({
      code: 'in_use',
      message: `${volume} is used by ${prefix}-files, which runs now.`,
    })
    await requireUnused(volume, true)
    await requireUnused(other, false)
  })

  type Entry = Parameters<ReturnType<typeof pack>['entry']>[0]
  it.each<[string, Entry[]]>([
    ['an absolute path', [{ name: '/etc/evil' }]],
    ['leads out of the volume', [{ name: '../../etc/evil' }]],
    ['leads out of the volume', [{ name: 'a/../../evil' }]],
    ['leads out of the volume', [{ name: 'hard', type: 'link', linkname: '../../etc/passwd' }]],
    [
      'would be written through the link',
      [{ name: 'way', type: 'symlink', linkname: '/etc' }, { name: 'way/evil' }],
    ],
    ['is a block-device', [{ name: 'disk', type: 'block-device', devmajor: 8, devminor: 0 }]],
    ['is a fifo', [{ name: 'pipe', type: 'fifo' }]],
  ])('refuses an archive that %s', async (words, entries) => {
    const tar = pack()
    for (const entry of entries) tar.entry(entry, entry.type ? '' : 'evil')
    tar.finalize()
    const parts: Buffer[] = []
    for await (const part of tar) parts.push(part as Buffer)
    await expect(restoreVolume(other, bodyOf(Buffer.concat(parts)), never)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining(words),
    })
    await expect.poll(helpers).toHaveLength(0)
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no tar', randomBytes(5000)],
    ['half a tar', Buffer.from('x')],
  ])('says that %s is no archive', async (_, bytes) => {
    await expect(restoreVolume(other, bodyOf(bytes), never)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('keeps owner and mode of folders the archive does not name itself', async () => {
    const shape = (): Promise<unknown[]> =>
      withVolume(other, 'read', async (place) => {
        const { entries } = await listFolder(place, '/')
        return (entries ?? [])
          .filter(({ type }) => type === 'folder')
          .map(({ name, mode, owner }) => [name, mode, owner])
      })
    const before = await shape()
    const rootBefore = (await contentsOf(await bytesOf(await downloadFromVolume(other, '/'))))[0]
    const tar = pack()
    tar.entry({ name: 'sub/new' }, 'new')
    tar.finalize()
    const parts: Buffer[] = []
    for await (const part of tar) parts.push(part as Buffer)
    await restoreVolume(other, bodyOf(Buffer.concat(parts)), never)
    expect(before).toEqual([['sub', 0o755, '7:8']])
    expect(await shape()).toEqual(before)
    expect((await contentsOf(await bytesOf(await downloadFromVolume(other, '/'))))[0]).toEqual(rootBefore)
    await removePath({ kind: 'volume', name: other }, '/sub/new')
  })

  it('that breaks off changes nothing, and leaves nothing of its own', async () => {
    const tar = pack()
    tar.entry({ name: 'one' }, 'another')
    tar.entry({ name: '../out' }, 'x')
    tar.finalize()
    const parts: Buffer[] = []
    for await (const part of tar) parts.push(part as Buffer)
    const before = await bytesOf(await downloadFromVolume(other, '/'))
    const cut = Buffer.concat(parts).subarray(0, 700)
    for (const bytes of [Buffer.concat(parts), cut])
      await expect(restoreVolume(other, bodyOf(bytes), never)).rejects.toMatchObject({ code: 'bad_request' })
    expect(await contentsOf(await bytesOf(await downloadFromVolume(other, '/')))).toEqual(
      await contentsOf(before),
    )
    const { Volumes } = await docker.listVolumes()
    expect(Volumes.filter(({ Name }) => Name.startsWith('composure-restore-'))).toEqual([])
  })

  it('keeps helpers that are at work when old ones are removed', async () => {
    await withVolume(volume, 'read', async () => {
      await removeOldHelpers(60_000)
      expect(await helpers()).toHaveLength(1)
      await removeOldHelpers(-1)
      expect(await helpers()).toHaveLength(0)
    })
  })
})

describe('renaming and removing', () => {
  const names = async (place: Parameters<typeof removePath>[0], path: string): Promise<string[]> => {
    const read = (at: ReturnType<typeof inContainer>) => listFolder(at, path)
    const listing =
      place.kind === 'container'
        ? await read(inContainer(place.id))
        : await withVolume(place.name, 'read', read)
    return (listing.entries ?? []).map(({ name }) => name).sort()
  }
  const make = (id: string, script: string) =>
    docker
      .getContainer(id)
      .exec({ Cmd: ['sh', '-c', script], User: '0' })
      .then((exec) => exec.start({ Detach: true }))

  it('does it in a container that runs, whatever the name, and follows no link', async () => {
    const place = { kind: 'container', id: running } as const
    await make(
      running,
      'mkdir -p /c/sub/deep /kept; touch /kept/x "/c/-rf" "/c/a b"; ln -s /kept /c/way; touch /c/z',
    )
    await expect.poll(() => names(place, '/c')).toContain('z')
    await renamePath(place, '/c/a b', odd)
    await removePath(place, '/c/-rf')
    await removePath(place, '/c/way')
    await removePath(place, '/c/sub')
    expect(await names(place, '/c')).toEqual([odd, 'z'].sort())
    expect(await names(place, '/kept')).toEqual(['x'])
    await expect(renamePath(place, '/c/z', odd)).rejects.toMatchObject({ code: 'conflict' })
    await expect(renamePath(place, '/c/z', '../z')).rejects.toMatchObject({ code: 'bad_request' })
    await expect(removePath(place, '/c/none')).rejects.toMatchObject({ code: 'not_found' })
    await expect(removePath(place, '/')).rejects.toMatchObject({ code: 'conflict' })
    await expect(removePath(place, '/data')).rejects.toMatchObject({
      message: '/data is a mount: its files outlive the container.',
    })
    await expect(removePath({ kind: 'container', id: stopped }, '/etc/passwd')).rejects.toMatchObject({
      code: 'not_running',
    })
  })

  it('does it in a volume that nothing mounts, and never out of it', async () => {
    const place = { kind: 'volume', name: other } as const
    expect(await names(place, '/')).toEqual(['alias', 'one', 'out', 'sub'])
    await renamePath(place, '/sub/two', 'three')
    await renamePath(place, '/one', odd)
    await removePath(place, '/out')
    expect(await names(place, '/')).toEqual(['alias', odd, 'sub'].sort())
    expect(await names(place, '/sub')).toEqual(['three'])
    await removePath(place, '/sub')
    expect(await names(place, '/')).toEqual(['alias', odd].sort())
  })
})
