/** The last samples as a line. The scale starts at zero; `ceiling` keeps small noise small. Decoration: say the number beside it. */
export function Sparkline({
  values,
  slots = 60,
  ceiling = 0,
  width = 64,
  height = 18,
}: {
  values: readonly number[]
  slots?: number
  ceiling?: number
  width?: number
  height?: number
}) {
  const shown = values.slice(-slots)
  const top = Math.max(ceiling, ...shown) || 1
  const step = width / (slots - 1)
  const start = width - (shown.length - 1) * step
  const points = shown
    .map(
      (value, index) =>
        `${(start + index * step).toFixed(1)},${(height - 1.5 - (value / top) * (height - 3)).toFixed(1)}`,
    )
    .join(' ')
  return (
    <svg
      aria-hidden
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="shrink-0 text-muted"
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--line)" />
      {shown.length > 1 ? (
        <polyline
          points={points}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.25"
          strokeLinejoin="round"
        />
      ) : null}
    </svg>
  )
}
