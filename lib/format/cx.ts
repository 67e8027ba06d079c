/** Joins class names, leaving out what is falsy: `cx('row', isOpen && 'open')`. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
