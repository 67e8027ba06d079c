/** What is wrong with a path inside a container or volume, or null. Nothing is ever resolved here: `..` is refused, not followed. */
export function insidePathProblem(path: string): string | null {
  if (!path.startsWith('/')) return 'Write a full path: it begins with /.'
  if (path.includes('\0')) return 'A path has no NUL in it.'
  if (path.length > 4096) return 'A path has at most 4096 characters.'
  return path.split('/').some((part) => part === '..' || part === '.')
    ? 'Write the path without . and .. in it.'
    : null
}

/** One form for each path: no slash twice, none at the end. */
export function tidyPath(path: string): string {
  return `/${path.split('/').filter(Boolean).join('/')}`
}

/** The name of a new file, or what is wrong with it. */
export function fileNameProblem(name: string): string | null {
  if (name === '') return 'A file needs a name.'
  if (name === '.' || name === '..') return `“${name}” is not a name for a file.`
  if (name.includes('/') || name.includes('\0')) return 'The name of a file has no / in it.'
  return new TextEncoder().encode(name).length > 255 ? 'A name has at most 255 bytes.' : null
}

export function joinPath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}

export function parentPath(path: string): string {
  return tidyPath(path.split('/').slice(0, -1).join('/'))
}

export function baseName(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? ''
}

/** Each folder on the way, from the root on. */
export function pathSteps(path: string): { name: string; path: string }[] {
  const parts = path.split('/').filter(Boolean)
  return parts.map((name, index) => ({ name, path: `/${parts.slice(0, index + 1).join('/')}` }))
}
