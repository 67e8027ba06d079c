import 'server-only'
import { CodedError } from '#lib/api/errors'
import { volumeNameProblem } from '#lib/docker/volumes/volume-name'

/** The id of a path: 12 to 64 hex digits. What is anything else does not exist: `image_not_found` and the like. */
export function readHexId(id: string, noun: 'image' | 'network' | 'container'): string {
  if (/^[a-f0-9]{12,64}$/.test(id)) return id
  throw new CodedError(`${noun}_not_found`, `This is not the id of ${noun === 'image' ? 'an' : 'a'} ${noun}.`)
}

/** A yes-or-no of the query: `?force=1`. */
export function readFlag(request: Request, name: string): boolean {
  return new URL(request.url).searchParams.get(name) === '1'
}

/** The name of a volume of a path; one the Engine could not hold does not exist. */
export function readVolumeName(name: string): string {
  const decoded = decode(name)
  if (decoded !== null && volumeNameProblem(decoded, []) === null) return decoded
  throw new CodedError('volume_not_found', 'This is not the name of a volume.')
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** A row's number of a path; anything else does not exist. */
export function readNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new CodedError('not_found', 'There is nothing with this number.')
}
