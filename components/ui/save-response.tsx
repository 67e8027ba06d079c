/** Told how many bytes came, of how many; null where the server does not know before. */
export type OnBytes = (bytes: number, totalBytes: number | null) => void

/** Chunks this large are handed to the browser, which keeps large ones on disk. */
const chunkBytes = 16 * 1024 * 1024
const tellEveryMs = 100

/** Hands a fetched file to the browser to keep, under the name the server gives it. Rejects when it breaks off. */
export async function saveResponse(
  response: Response,
  fallbackName: string,
  onBytes: OnBytes = () => undefined,
): Promise<void> {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1]
  const plain = /filename="([^"]+)"/.exec(disposition)?.[1]
  const url = URL.createObjectURL(await readBlob(response, onBytes))
  const link = document.createElement('a')
  link.href = url
  link.download = encoded === undefined ? (plain ?? fallbackName) : decodeURIComponent(encoded)
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

async function readBlob(response: Response, onBytes: OnBytes): Promise<Blob> {
  const length = response.headers.get('content-length')
  const totalBytes = length === null ? null : Number(length)
  const reader = response.body?.getReader()
  if (!reader) return response.blob()
  const kept: Blob[] = []
  let fresh: Uint8Array<ArrayBuffer>[] = []
  let [bytes, freshBytes, toldAtMs] = [0, 0, 0]
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    fresh.push(next.value)
    bytes += next.value.length
    freshBytes += next.value.length
    if (freshBytes >= chunkBytes) {
      kept.push(new Blob(fresh))
      fresh = []
      freshBytes = 0
    }
    if (performance.now() - toldAtMs < tellEveryMs) continue
    toldAtMs = performance.now()
    onBytes(bytes, totalBytes)
  }
  onBytes(bytes, totalBytes)
  return new Blob([...kept, ...fresh])
}
