import { formatBytes } from '#lib/format/bytes'

/** A size as Docker prints it; the exact number in the title. */
export function Bytes({ value }: { value: number | null }) {
  if (value === null) return <span className="text-faint">–</span>
  return (
    <span className="whitespace-nowrap" title={`${value.toLocaleString('en')} bytes`}>
      {formatBytes(value)}
    </span>
  )
}
