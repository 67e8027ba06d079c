/** Up to this size a download is put together in memory; beyond, somebody is asked where it should go. */
export const memoryBytes = 64 * 1024 * 1024

/** Where the rest of a large download goes: into a file as it comes, on into memory, or nowhere. */
export type LargeChoice = { file: WritableStream<Uint8Array> } | 'memory' | 'stop'

/** Saves an answer as a file. `askWhere` is asked once, when it has grown large. True when it was saved. */
export async function saveStream(
  response: Response,
  askWhere: (name: string) => Promise<LargeChoice>,
): Promise<boolean> {
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'log.log'
  const reader = response.body?.getReader()
  if (!reader) return false
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  let hasAsked = false
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value)
    bytes += next.value.length
    if (hasAsked || bytes <= memoryBytes) continue
    hasAsked = true
    const choice = await askWhere(name)
    if (choice === 'stop') {
      await reader.cancel()
      return false
    }
    if (choice !== 'memory') {
      await writeAll(choice.file, parts, reader)
      return true
    }
  }
  offer(new Blob(parts), name)
  return true
}

async function writeAll(
  file: WritableStream<Uint8Array>,
  parts: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<void> {
  const writer = file.getWriter()
  for (const part of parts.splice(0)) await writer.write(part)
  for (let next = await reader.read(); !next.done; next = await reader.read()) await writer.write(next.value)
  await writer.close()
}

function offer(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

type SavePicker = (options: {
  suggestedName: string
}) => Promise<{ createWritable: () => Promise<WritableStream<Uint8Array>> }>

/** How this browser lets a page write a file as it comes; null where it does not. Source: File System Access, Chromium only. */
export function savePicker(): SavePicker | null {
  const picker: unknown = Reflect.get(window, 'showSaveFilePicker')
  return typeof picker === 'function' ? (picker.bind(window) as SavePicker) : null
}
