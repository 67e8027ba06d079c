import { queryOptions } from '@tanstack/react-query'
import { type OnBytes, saveResponse } from '#components/ui/save-response'
import { getJson, openStream, postJson, secretHeaders } from '#lib/api/client'
import { CodedError, errorStatus } from '#lib/api/errors'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { ContainerChanges, FileText, FolderListing, RestoreAnswer } from '#lib/files/file-entry'
import { baseName } from '#lib/files/inside-path'
import { filesPath, type FilePlace } from './file-place.ts'

/** A folder as it was when asked: files make no events, so it is read again each time the page is opened. */
export const folderQuery = (place: FilePlace, path: string) =>
  queryOptions({
    queryKey: queryKeys.files(filesPath(place), path),
    queryFn: ({ signal }) => postJson<FolderListing>(filesPath(place), { path }, { signal }),
    staleTime: 0,
  })

export const fileTextQuery = (place: FilePlace, path: string) =>
  queryOptions({
    queryKey: queryKeys.fileText(filesPath(place), path),
    queryFn: ({ signal }) => postJson<FileText>(paths.fileText(filesPath(place)), { path }, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

export const listChanges = (containerId: string, signal: AbortSignal): Promise<ContainerChanges> =>
  getJson(paths.containerChanges(containerId), { signal })

interface DownloadOptions {
  signal: AbortSignal
  onProgress: OnBytes
}

/** Fetched, not linked: the request carries the per-session secret. */
export async function download(
  place: FilePlace,
  path: string,
  { signal, onProgress }: DownloadOptions,
): Promise<void> {
  const response = await openStream(paths.fileDownload(filesPath(place)), { ...jsonPost({ path }), signal })
  await saveResponse(response, baseName(path) || place.name, onProgress)
}

export async function backUpVolume(name: string, { signal, onProgress }: DownloadOptions): Promise<void> {
  const response = await openStream(paths.volumeBackup(name), { ...jsonPost({}), signal })
  await saveResponse(response, `${name}.tar`, onProgress)
}

/** Removes a file, a link or a folder with everything in it. */
export const removeFile = (place: FilePlace, path: string): Promise<undefined> =>
  postJson(paths.fileRemove(filesPath(place)), { path })

/** Another name in the same folder; throws `conflict` when it is taken. */
export const renameFile = (place: FilePlace, path: string, name: string): Promise<undefined> =>
  postJson(paths.fileRename(filesPath(place)), { path, name })

function jsonPost(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

interface SendOptions {
  signal: AbortSignal
  /** From 0 to 1. */
  onProgress: (fraction: number) => void
}

/** Writes one file; throws `conflict` when one of this name is there and `isReplacing` is not said. */
export async function uploadFile(
  place: FilePlace,
  path: string,
  file: File,
  options: SendOptions & { isReplacing: boolean },
): Promise<void> {
  await send(paths.fileContent(filesPath(place), path, options.isReplacing), file, options)
}

/** Unpacks a tar into a volume; throws `in_use` when a running container mounts it and nobody has said yes to that. */
export async function restoreVolume(
  name: string,
  file: File,
  options: SendOptions & { isConfirmed: boolean },
): Promise<RestoreAnswer> {
  return JSON.parse(
    await send(paths.volumeRestore(name, options.isConfirmed), file, options),
  ) as RestoreAnswer
}

/** PUT of a file; fetch could not tell how far it is. */
function send(path: string, file: File, { signal, onProgress }: SendOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', path)
    request.setRequestHeader('content-type', 'application/octet-stream')
    for (const [name, value] of Object.entries(secretHeaders())) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total)
    request.onload = () =>
      request.status < 300 ? resolve(request.responseText) : reject(readRefusal(request.responseText))
    request.onerror = () => reject(new TypeError('the upload did not arrive'))
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function readRefusal(text: string): Error {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string; hint?: string } }
    const code = error.code in errorStatus ? (error.code as keyof typeof errorStatus) : 'internal'
    return new CodedError(code, error.message, error.hint === undefined ? {} : { hint: error.hint })
  } catch {
    return new TypeError('no answer of ours')
  }
}
