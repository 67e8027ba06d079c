import { pages, paths } from '#lib/api/paths'
import { command, type Command } from '#lib/docker/command'

/** Whose files are shown: a container's (by its id) or a volume's. */
export type FilePlace = { kind: 'container'; id: string; name: string } | { kind: 'volume'; name: string }

/** The API of a place's files. */
export const filesPath = (place: FilePlace): string =>
  place.kind === 'container' ? paths.containerFiles(place.id) : paths.volumeFiles(place.name)

/** The page that shows a path. */
export function pageOf(place: FilePlace, path: string): string {
  const page =
    place.kind === 'container' ? pages.containerTab(place.id, 'files') : pages.volumeFiles(place.name)
  return path === '/' ? page : `${page}?path=${encodeURIComponent(path)}`
}

/** The docker command that shows, or copies out, the same. */
export function commandOf(place: FilePlace, path: string, isFolder: boolean): Command {
  if (place.kind === 'container') return command.copyOut(place.name, path)
  return isFolder ? command.volumeList(place.name, path) : command.volumeRead(place.name, path)
}
