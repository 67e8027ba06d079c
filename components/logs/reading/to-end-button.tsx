import type { Reading } from './use-reading.tsx'

/** Back to following, with how much came since it was left. */
export function ToEndButton({ reading }: { reading: Reading }) {
  const { newCount } = reading
  if (reading.isFollowing) return null
  return (
    <button
      type="button"
      onClick={() => reading.follow(true)}
      className="absolute right-6 bottom-3 rounded-full border border-line-strong bg-panel px-3 py-1 text-xs shadow-lift hover:bg-hover"
    >
      {newCount > 0
        ? `${newCount.toLocaleString('en')} new ${newCount === 1 ? 'line' : 'lines'} ↓`
        : 'To the end ↓'}
    </button>
  )
}
