/** The name a container waits under while a new one is made in its place. */
export function asideName(name: string, id: string): string {
  return `${name}-before-${id.slice(0, 12)}`
}

/** The name a container that stepped aside had before, or null: a container of that pattern carries its own id. */
export function nameBeforeAside({ id, name }: { id: string; name: string }): string | null {
  const ending = asideName('', id)
  return name.length > ending.length && name.endsWith(ending) ? name.slice(0, -ending.length) : null
}
