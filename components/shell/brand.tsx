import Link from 'next/link'

/** Three bars of falling length: services of a stack, in order. */
export function Glyph() {
  return (
    <svg aria-hidden viewBox="0 0 16 16" className="size-4 shrink-0 text-accent">
      <rect y="1" width="16" height="4" rx="1" fill="currentColor" />
      <rect y="6.5" width="11" height="4" rx="1" fill="currentColor" />
      <rect y="12" width="6" height="4" rx="1" fill="currentColor" />
    </svg>
  )
}

export function Brand() {
  return (
    <Link
      href="/"
      className="flex items-center gap-2 rounded-md px-2 py-1 text-base font-semibold tracking-[-0.01em]"
    >
      <Glyph />
      Composure
    </Link>
  )
}
