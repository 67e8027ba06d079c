import { execFileSync } from 'node:child_process'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeImage, tagImage, untagImage } from '#server/engine/images/image-actions'
import { inspectImage } from '#server/engine/images/image-detail'

const docker = new Docker()

const dockerfile = `FROM busybox
ARG BUILD_TOKEN=hunter2-arg
ENV POSTGRES_PASSWORD=hunter2-env NODE_ENV=production
ENV DATABASE_URL=postgres://bob:hunter2-url@db:5432/x
LABEL api_key=hunter2-label title="<script>alert(1)</script>"
RUN echo hunter2-env > /a && TOKEN=hunter2-run true
WORKDIR /app
COPY --chmod=644 resources.txt /app/
EXPOSE 8000
HEALTHCHECK --interval=5s --retries=2 CMD test -f /a
USER 1000
ENTRYPOINT ["sh", "-c"]
CMD ["sleep 600"]
`

function build(tag: string, text: string): void {
  // The build context is one empty file, so that there is something to COPY.
  execFileSync('sh', [
    '-c',
    'd=$(mktemp -d) && touch "$d/resources.txt" && printf %s "$2" > "$d/Dockerfile" && docker build -q -t "$1" "$d" >/dev/null && rm -r "$d"',
    'build',
    tag,
    text,
  ])
}

async function idOf(reference: string): Promise<string> {
  return (await docker.getImage(reference).inspect()).Id.replace('sha256:', '')
}

async function cleanUp(): Promise<void> {
  for (const name of ['resources-img-c', 'resources-img-stopped'])
    await docker
      .getContainer(name)
      .remove({ force: true })
      .catch(() => undefined)
  for (const image of await docker.listImages())
    for (const tag of image.RepoTags ?? [])
      if (tag.startsWith('resources-img')) await docker.getImage(tag).remove({ force: true })
}

beforeAll(async () => {
  await cleanUp()
  build('resources-img:1', dockerfile)
}, 120_000)
afterAll(cleanUp)

describe('inspectImage', () => {
  it('reads configuration and layers, oldest first', async () => {
    const image = await inspectImage(await idOf('resources-img:1'))
    expect(image.tags).toEqual(['resources-img:1'])
    expect(image.platform).toMatch(/^linux\//)
    expect(image.config).toMatchObject({
      entrypoint: ['sh', '-c'],
      command: ['sleep 600'],
      ports: ['8000/tcp'],
      user: '1000',
      workingDir: '/app',
      healthcheck: '--interval=5s --retries=2 CMD test -f /a',
    })
    expect(image.layers.at(-1)).toMatchObject({ keyword: 'CMD', text: '["sleep 600"]' })
    expect(image.layers.map(({ keyword }) => keyword)).toEqual(
      expect.arrayContaining(['ENV', 'LABEL', 'RUN', 'WORKDIR', 'COPY', 'EXPOSE', 'HEALTHCHECK', 'USER']),
    )
    expect(image.layers.at(-1)?.cumulativeBytes).toBe(
      image.layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    )
    expect(image.config.labels.title).toBe('<script>alert(1)</script>')
  })

  it('lets no secret out, wherever it stands', async () => {
    const answer = JSON.stringify(await inspectImage(await idOf('resources-img:1')))
    expect(answer).not.toContain('hunter2')
    expect(answer).toContain('POSTGRES_PASSWORD')
    expect(answer).toContain('production')
  })

  it('does not find what is not there', async () => {
    await expect(inspectImage('0'.repeat(64))).rejects.toMatchObject({ code: 'image_not_found' })
  })
})

describe('tags', () => {
  it('adds one and takes it away again', async () => {
    const id = await idOf('resources-img:1')
    await tagImage(id, 'resources-img-two:x')
    expect((await inspectImage(id)).tags).toContain('resources-img-two:x')
    expect(await untagImage(id, 'resources-img-two:x', { isForced: false })).toEqual({
      untagged: ['resources-img-two:x'],
      deleted: [],
    })
    await expect(untagImage(id, 'resources-img-two:x', { isForced: false })).rejects.toMatchObject({
      code: 'image_not_found',
    })
    await expect(untagImage(id, 'busybox:latest', { isForced: true })).rejects.toMatchObject({
      code: 'image_not_found',
    })
    await expect(tagImage(id, 'Bad Name')).rejects.toMatchObject({ code: 'bad_request' })
    await expect(tagImage('0'.repeat(64), 'resources-img-x:1')).rejects.toMatchObject({
      code: 'image_not_found',
    })
  })
})

describe('removeImage', () => {
  it('refuses with the container that runs on it, forced or not', async () => {
    const id = await idOf('resources-img:1')
    const container = await docker.createContainer({ name: 'resources-img-c', Image: 'resources-img:1' })
    await container.start()
    for (const isForced of [false, true])
      await expect(removeImage(id, { isForced })).rejects.toMatchObject({
        code: 'in_use',
        message: expect.stringContaining(container.id.slice(0, 12)),
      })
    await container.remove({ force: true })
  })

  it('takes force for a stopped container and for several names', async () => {
    build('resources-img-small:1', 'FROM busybox\nRUN echo small > /small\n')
    const id = await idOf('resources-img-small:1')
    await docker.createContainer({ name: 'resources-img-stopped', Image: 'resources-img-small:1' })
    await expect(removeImage(id, { isForced: false })).rejects.toMatchObject({
      code: 'in_use',
      hint: expect.stringContaining('Force'),
    })
    await docker.getContainer('resources-img-stopped').remove()
    await tagImage(id, 'resources-img-other:1')
    await expect(removeImage(id, { isForced: false })).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('force'),
    })
    const removed = await removeImage(id, { isForced: true })
    expect(removed.untagged.sort()).toEqual(['resources-img-other:1', 'resources-img-small:1'])
    expect(removed.deleted).toContain(`sha256:${id}`)
    await expect(removeImage(id, { isForced: false })).rejects.toMatchObject({ code: 'image_not_found' })
  }, 60_000)
})
