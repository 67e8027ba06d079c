import 'server-only'
import { CodedError } from '#lib/api/errors'

/** The body of an upload and its length, which the front has bounded. Throws `bad_request` for any other kind of body. */
export function readUpload(request: Request): { body: ReadableStream<Uint8Array>; sizeBytes: number } {
  const length = request.headers.get('content-length')
  if (request.headers.get('content-type') !== 'application/octet-stream' || length === null)
    throw new CodedError(
      'bad_request',
      'Send the file as the body, with content-type application/octet-stream.',
    )
  return { body: request.body ?? emptyBody(), sizeBytes: Number(length) }
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() })
}
