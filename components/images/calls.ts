import { queryOptions } from '@tanstack/react-query'
import { deleteJson, getJson, openStream, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import { SseParser } from '#lib/api/sse'
import type { ImageDetail } from '#lib/docker/image-detail'
import type { PullMessage } from '#lib/images/pull-progress'

const hex = (id: string): string => id.replace(/^sha256:/, '')
const forced = (isForced: boolean): string => (isForced ? 'force=1' : '')

export const tagImage = (id: string, name: string): Promise<undefined> =>
  postJson(paths.imageTags(hex(id)), { name })

export const untagImage = (id: string, name: string, isForced: boolean): Promise<unknown> =>
  deleteJson(`${paths.imageTags(hex(id))}?name=${encodeURIComponent(name)}&${forced(isForced)}`)

export const removeImage = (id: string, isForced: boolean): Promise<unknown> =>
  deleteJson(`${paths.image(hex(id))}?${forced(isForced)}`)

/** Configuration and layers; an image never changes, but its names do. */
export const imageDetailQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.image(id),
    queryFn: ({ signal }) => getJson<ImageDetail>(paths.image(hex(id)), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Pulls an image and tells each message; aborting `signal` cancels the pull in the Engine. Throws what the server refused. */
export async function pullImage(
  reference: string,
  { signal, onMessage }: { signal: AbortSignal; onMessage: (message: PullMessage) => void },
): Promise<void> {
  const response = await openStream(paths.imagePull, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reference }),
  })
  if (response.body === null) return
  const parser = new SseParser()
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read())
    // The route's own type is the guarantee.
    for (const { data } of parser.push(decoder.decode(read.value, { stream: true })))
      onMessage(JSON.parse(data) as PullMessage)
}
