import 'server-only'
import type { ImageInfo } from 'dockerode'
import type { Image } from '#lib/docker/images/image'
import { callEngine } from '../client/client.ts'

/** All images, without intermediate layers. Source: `GET /images/json`. */
export async function listImages(options: { evenIfAway?: boolean } = {}): Promise<Image[]> {
  const rows = await callEngine((docker) => docker.listImages(), options)
  return rows.map(toImage)
}

export function toImage(raw: ImageInfo): Image {
  const tags = (raw.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>')
  const digests = (raw.RepoDigests ?? []).filter((digest) => digest !== '<none>@<none>')
  return {
    id: raw.Id,
    tags: tags.sort(),
    digests: digests.sort(),
    sizeBytes: raw.Size,
    createdAtMs: raw.Created * 1000,
    isDangling: tags.length === 0,
  }
}
