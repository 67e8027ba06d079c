const pattern = /^[a-f0-9]{12,64}$/

/** True for a container id or the beginning of one, as paths carry it: never a name, an option or a path. */
export function isContainerId(text: string): boolean {
  return pattern.test(text)
}
