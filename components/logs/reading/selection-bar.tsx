import type { Reading } from './use-reading.tsx'

/** What can be done with the selected lines. */
export function SelectionBar({ reading, onDetails }: { reading: Reading; onDetails: () => void }) {
  const { range } = reading
  if (!range) return null
  const count = range[1] - range[0] + 1
  return (
    <div className="absolute bottom-3 left-6 flex items-center gap-3 rounded-full border border-line-strong bg-panel px-3 py-1 text-xs shadow-lift">
      <span>{count === 1 ? '1 line' : `${count} lines`} selected</span>
      <button type="button" className="text-accent hover:underline" onClick={reading.copySelected}>
        Copy
      </button>
      <button type="button" className="text-accent hover:underline" onClick={onDetails}>
        Details
      </button>
      <button type="button" className="text-muted hover:underline" onClick={reading.clearSelection}>
        Clear
      </button>
    </div>
  )
}
