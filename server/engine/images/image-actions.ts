import 'server-only'
import { CodedError } from '#lib/api/errors'
import { repositoryAndTag } from '#lib/docker/images/image-reference'
import { callEngine } from '../client/client.ts'
import { callWithWords } from '../client/refusal.ts'

/** What a removal took away: names untagged, and layers deleted (`sha256:...`). */
export interface RemovedImage {
  untagged: string[]
  deleted: string[]
}

/** Gives an image one more name. Source: `POST /images/{id}/tag`. Throws `image_not_found`, `bad_request`. */
export async function tagImage(id: string, name: string): Promise<void> {
  const target = repositoryAndTag(name)
  if (!target) throw new CodedError('bad_request', 'name: This is not a name for an image.')
  await callEngine((docker) => docker.getImage(id).tag({ repo: target.repository, tag: target.tag }), {
    noun: 'image',
  })
}

/** Takes one name off an image; the image goes too when it was the last one and nobody uses it. Source: `DELETE /images/{name}`. */
export async function untagImage(
  id: string,
  name: string,
  options: { isForced: boolean },
): Promise<RemovedImage> {
  const raw = await callEngine((docker) => docker.getImage(id).inspect(), { noun: 'image' })
  if (!raw.RepoTags?.includes(name))
    throw new CodedError('image_not_found', `This image is not called ${name} (any more).`)
  return remove(name, options)
}

/**
 * Removes an image with all its names. Source: `DELETE /images/{id}`. Throws `image_not_found`; `in_use` with who holds it
 * (its hint says whether force would do); `conflict` for several names or images made from it.
 */
export async function removeImage(id: string, options: { isForced: boolean }): Promise<RemovedImage> {
  return remove(id, options)
}

async function remove(reference: string, { isForced }: { isForced: boolean }): Promise<RemovedImage> {
  const steps = await callWithWords(
    'image',
    async (docker) =>
      // dockerode types the answer as any.
      (await docker.getImage(reference).remove({ force: isForced })) as {
        Untagged?: string
        Deleted?: string
      }[],
    refusalWords,
  )
  return {
    untagged: steps.flatMap((step) => step.Untagged ?? []),
    deleted: steps.flatMap((step) => step.Deleted ?? []),
  }
}

function refusalWords(message: string): CodedError | null {
  if (/being used by running container/.test(message))
    return new CodedError('in_use', `A running container (${holder(message)}) is made from this image.`, {
      hint: 'Stop and remove that container first; force does not help here.',
    })
  if (/being used by stopped container|is using its referenced image/.test(message))
    return new CodedError('in_use', `A container (${holder(message)}) is made from this image.`, {
      hint: 'Remove that container first. Force takes the name away and leaves the container without it.',
    })
  if (/referenced in multiple repositories/.test(message))
    return new CodedError('conflict', 'The image has several names.', {
      hint: 'Remove single names, or use force to remove all of them with the image.',
    })
  if (/dependent child images/.test(message))
    return new CodedError('in_use', 'Other images are built on this one.', {
      hint: 'Remove those images first; force does not help here.',
    })
  return null
}

function holder(message: string): string {
  return /container ([a-f0-9]{12})/.exec(message)?.[1] ?? 'one of yours'
}
