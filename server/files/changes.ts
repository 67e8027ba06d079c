import 'server-only'
import { request } from 'node:http'
import { CodedError } from '#lib/api/errors'
import type { ContainerChanges } from '#lib/files/file-entry'
import { callEngine, engineAddress } from '#server/engine/client/client'
import { inspectContainer } from '#server/engine/containers/containers'

const maxBytes = 4 << 20
const maxChanges = 5_000
const deadlineMs = 10_000
const kinds = ['changed', 'added', 'removed'] as const

/** What a container has changed in the files of its image; mounts are not counted. Source: `GET /containers/{id}/changes`. Throws `container_not_found`. */
export async function listChanges(containerId: string): Promise<ContainerChanges> {
  await inspectContainer(containerId)
  const { text, isCut } = await callEngine(() => readBounded(`/containers/${containerId}/changes`))
  // Cut in the middle of an object: what stands before it is whole.
  const json = isCut ? `${text.slice(0, text.lastIndexOf('},') + 1)}]` : text
  const rows = (JSON.parse(json) as { Path: string; Kind: number }[] | null) ?? []
  return {
    changes: rows
      .slice(0, maxChanges)
      .map(({ Path: path, Kind: kind }) => ({ path, kind: kinds[kind] ?? 'changed' })),
    isCut: isCut || rows.length > maxChanges,
  }
}

function readBounded(path: string): Promise<{ text: string; isCut: boolean }> {
  return new Promise((resolve, reject) => {
    const call = request({ ...engineAddress(), path, headers: { connection: 'close' } }, (response) => {
      if (response.statusCode !== 200) {
        response.resume()
        reject(new CodedError('engine_error', 'Docker could not compare the container with its image.'))
        return
      }
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length <= maxBytes) return
        resolve({ text, isCut: true })
        call.destroy()
      })
      response.on('end', () => resolve({ text, isCut: false }))
      response.on('error', reject)
    })
    call.setTimeout(deadlineMs, () => call.destroy(new Error('socket hang up')))
    call.on('error', reject)
    call.end()
  })
}
