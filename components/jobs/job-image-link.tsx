import Link from 'next/link'
import { useImages } from '#components/live/hooks'
import { pages } from '#lib/api/paths'
import { repositoryAndTag } from '#lib/docker/images/image-reference'
import type { Job } from '#lib/jobs/job'
import { imageOfJob } from '#lib/jobs/job-words'

/** The way to the image that a job has pulled or built. */
export function JobImageLink({ job }: { job: Job }) {
  const reference = imageOfJob(job)
  const target = reference === null ? null : repositoryAndTag(reference)
  const name = target === null ? '' : `${target.repository}:${target.tag}`
  const image = useImages().find(
    ({ tags, digests }) => tags.includes(name) || digests.includes(reference ?? ''),
  )
  if (!image) return null
  return (
    <Link href={pages.image(image.id)} prefetch={false} className="text-accent hover:underline">
      Look at it
    </Link>
  )
}
