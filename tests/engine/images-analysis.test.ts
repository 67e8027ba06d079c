import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { errorCode } from '#lib/api/errors'
import { type Job, isEnded } from '#lib/jobs/job'
import { startAnalysis, startComparison } from '#server/images/analyse'
import { readAnalysis, readComparison } from '#server/images/results'
import { cancelJob, getJob } from '#server/jobs/jobs'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-images-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const docker = new Docker()
const prefix = `layers-test-${randomBytes(3).toString('hex')}`
const never = 'sha256:' + '0'.repeat(64)

/** The image dive tests itself with: a text of 6,405 bytes, copied, moved, removed. */
const diveImage = `FROM busybox:latest
RUN head -c 6405 /dev/zero > /somefile.txt
RUN mkdir -p /root/example/really/nested
RUN cp /somefile.txt /root/example/somefile1.txt
RUN chmod 444 /root/example/somefile1.txt
RUN cp /somefile.txt /root/example/somefile2.txt
RUN cp /somefile.txt /root/example/somefile3.txt
RUN mv /root/example/somefile3.txt /root/saved.txt
RUN cp /root/saved.txt /root/.saved.txt
RUN rm -rf /root/example/
RUN mkdir /root/.data && head -c 2187 /dev/zero > /root/.data/test.sh
RUN cp /root/saved.txt /tmp/saved.again1.txt
RUN cp /root/saved.txt /root/.data/saved.again2.txt
RUN chmod +x /root/saved.txt
`

async function build(name: string, dockerfile: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'))
  execFileSync('docker', ['build', '-q', '-t', `${prefix}-${name}`, '-f', '-', folder], { input: dockerfile })
  rmSync(folder, { recursive: true })
  return (await docker.getImage(`${prefix}-${name}`).inspect()).Id
}

async function ended(job: Job): Promise<Job> {
  let now = job
  while (!isEnded(now)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    now = getJob(job.id)
  }
  return now
}

const ids: Record<'dive' | 'twice' | 'once', string> = { dive: '', twice: '', once: '' }

beforeAll(async () => {
  ids.dive = await build('dive', diveImage)
  // Eight megabytes that no zip makes small, then the same again under another owner.
  ids.twice = await build(
    'twice',
    'FROM busybox:latest\nRUN mkdir /app && head -c 8000000 /dev/urandom > /app/data && echo one > /app/same\nRUN chown -R 1000 /app\n',
  )
  ids.once = await build('once', 'FROM busybox:latest\nRUN mkdir /app && echo two > /app/same\n')
})

afterAll(async () => {
  for (const image of await docker.listImages())
    if (image.RepoTags?.some((tag) => tag.startsWith(prefix)))
      await docker.getImage(image.Id).remove({ force: true })
  rmSync(dataDir, { recursive: true, force: true })
})

describe('an image, layer by layer', () => {
  it('has the waste of dive’s test image to the byte, each file with who wrote and who hid it', async () => {
    const job = await ended(await startAnalysis(ids.dive, 'ann'))
    expect([job.state, job.who]).toEqual(['done', 'ann'])
    const analysis = readAnalysis(ids.dive)
    const base = analysis.layers[0]?.sizeBytes ?? 0
    expect(analysis.wastedBytes).toBe(32_025)
    expect(analysis.totalBytes - base).toBe(66_237)
    // Dive counts the folder that `rm -rf` hides once more, and what every path needs least.
    const all = analysis.totalBytes + 12_810
    expect(analysis.diveEfficiency).toBe((all - 19_215) / all)
    const removed = analysis.hidden.filter(({ reason }) => reason === 'removed').map(({ path }) => path)
    expect(removed.sort()).toEqual([
      'root/example/somefile1.txt',
      'root/example/somefile2.txt',
      'root/example/somefile3.txt',
    ])
    const hider =
      analysis.layers[analysis.hidden.find(({ path }) => path === 'root/saved.txt')?.hiddenIn ?? -1]
    expect(hider?.text).toContain('chmod +x /root/saved.txt')
  })

  it('tells a changed owner as one copy too many', async () => {
    await ended(await startAnalysis(ids.twice, 'ann'))
    const analysis = readAnalysis(ids.twice)
    expect(analysis.wastedBytes).toBe(8_000_004)
    expect(analysis.hiddenBetween).toEqual([
      { writtenIn: 1, hiddenIn: 2, sizeBytes: 8_000_004, fileCount: 2 },
    ])
    expect(analysis.layers.slice(1).map(({ sizeBytes }) => sizeBytes)).toEqual([8_000_004, 8_000_004])
  })

  it('compares what two images show', async () => {
    await ended(await startComparison(ids.twice, ids.once, 'ann'))
    const comparison = readComparison(ids.twice, ids.once)
    expect(comparison.sharedLayerCount).toBe(1)
    expect(comparison.files).toEqual([
      { path: 'app/data', change: 'removed', fromBytes: 8_000_000, toBytes: 0 },
      { path: 'app/same', change: 'changed', fromBytes: 4, toBytes: 4 },
    ])
  })

  it('says so when there is no such image, or it was not looked into yet', async () => {
    await expect(startAnalysis(never, 'ann')).rejects.toMatchObject({ code: 'image_not_found' })
    let error: unknown
    try {
      readAnalysis(ids.once)
    } catch (thrown) {
      error = thrown
    }
    expect(errorCode(error)).toBe('not_found')
  })

  it('is cancelled at once', async () => {
    const job = await startAnalysis('postgres:17-trixie', 'ann')
    while (getJob(job.id).state !== 'running') await new Promise((resolve) => setTimeout(resolve, 5))
    cancelJob(job.id, 'ann')
    const end = await ended(job)
    expect(end.state).toBe('cancelled')
  })
})
