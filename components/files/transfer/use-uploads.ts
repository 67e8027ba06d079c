'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { errorCode } from '#lib/api/errors'
import { fileNameProblem, joinPath } from '#lib/files/inside-path'
import { folderQuery, uploadFile } from '../calls.ts'
import type { FilePlace } from '../file-place.ts'

export interface Upload {
  key: number
  file: File
  path: string
  state: 'waiting' | 'sending' | 'done' | 'failed' | 'exists'
  fraction: number
  error: unknown
  cancel: () => void
}

/** Uploads into a folder, one after the other. What is there already waits for a yes. */
export function useUploads(place: FilePlace, folder: string) {
  const queries = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const nextKey = useRef(0)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const change = (key: number, part: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
  const send = async (upload: Upload, isReplacing: boolean, signal: AbortSignal) => {
    if (signal.aborted) return
    change(upload.key, { state: 'sending', error: null })
    try {
      const onProgress = (fraction: number) => change(upload.key, { fraction })
      await uploadFile(place, upload.path, upload.file, { isReplacing, signal, onProgress })
      change(upload.key, { state: 'done', fraction: 1 })
      await queries.invalidateQueries({ queryKey: folderQuery(place, folder).queryKey })
    } catch (error) {
      const isThere =
        errorCode(error) === 'conflict' && !isReplacing && /is there already/.test(String(error))
      change(upload.key, { state: isThere ? 'exists' : 'failed', error })
    }
  }
  const begin = (upload: Upload, isReplacing: boolean) => {
    const abort = new AbortController()
    change(upload.key, { state: 'waiting', cancel: () => abort.abort() })
    queue.current = queue.current.then(() => send(upload, isReplacing, abort.signal))
  }
  const add = (files: Iterable<File>) => {
    for (const file of files) {
      nextKey.current += 1
      const upload: Upload = {
        key: nextKey.current,
        file,
        path: joinPath(folder, file.name),
        state: 'waiting',
        fraction: 0,
        error: null,
        cancel: () => undefined,
      }
      const problem = fileNameProblem(file.name)
      setUploads((all) => [
        ...all,
        problem ? { ...upload, state: 'failed', error: new TypeError(problem) } : upload,
      ])
      if (problem === null) begin(upload, false)
    }
  }
  return {
    uploads,
    add,
    replace: (upload: Upload) => begin(upload, true),
    clear: () => setUploads((all) => all.filter(({ state }) => state === 'waiting' || state === 'sending')),
  }
}
