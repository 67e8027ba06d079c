import 'server-only'
import type { Duplex } from 'node:stream'
import { CodedError } from '#lib/api/errors'

const headerBytes = 8

/** Collects a stream of 8-byte-headed frames to its end; what is over `maxBytes` is dropped. */
export async function decodeOutput(stream: Duplex, timeoutMs: number, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let kept = 0
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      stream.destroy()
      reject(
        new CodedError('engine_timeout', `The command in the container took longer than ${timeoutMs} ms.`),
      )
    }, timeoutMs)
    const finish = (): void => {
      clearTimeout(timer)
      resolve()
    }
    stream.on('data', (chunk: Buffer) => {
      if (kept >= maxBytes) return
      chunks.push(chunk)
      kept += chunk.length
    })
    stream.on('end', finish).on('close', finish).on('error', finish)
  })
  stream.destroy()
  return payloads(Buffer.concat(chunks)).toString('utf8')
}

function payloads(frames: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at + headerBytes <= frames.length; ) {
    const length = frames.readUInt32BE(at + 4)
    parts.push(frames.subarray(at + headerBytes, at + headerBytes + length))
    at += headerBytes + length
  }
  return Buffer.concat(parts)
}
