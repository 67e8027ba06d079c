'use client'

import { useRef, useState } from 'react'
import { download } from '../calls.ts'
import type { FilePlace } from '../file-place.ts'

export interface Download {
  key: number
  path: string
  bytes: number
  /** Null for a folder: its tar is made on the way. */
  totalBytes: number | null
  state: 'running' | 'done' | 'cancelled' | 'failed'
  error: unknown
  cancel: () => void
}

/** Downloads of this page, each with how far it is. */
export function useDownloads(place: FilePlace) {
  const [downloads, setDownloads] = useState<readonly Download[]>([])
  const nextKey = useRef(0)
  const change = (key: number, part: Partial<Download>) =>
    setDownloads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)))
  const start = async (path: string) => {
    nextKey.current += 1
    const key = nextKey.current
    const abort = new AbortController()
    const begun: Download = {
      key,
      path,
      bytes: 0,
      totalBytes: null,
      state: 'running',
      error: null,
      cancel: () => abort.abort(),
    }
    setDownloads((all) => [...all, begun])
    try {
      const onProgress = (bytes: number, totalBytes: number | null) => change(key, { bytes, totalBytes })
      await download(place, path, { signal: abort.signal, onProgress })
      change(key, { state: 'done' })
    } catch (error) {
      change(key, abort.signal.aborted ? { state: 'cancelled' } : { state: 'failed', error })
    }
  }
  return {
    downloads,
    start,
    clear: () => setDownloads((all) => all.filter(({ state }) => state === 'running')),
  }
}
