'use client'

interface Series {
  name: string
  values: readonly number[]
}

interface StatsChartProps {
  title: string
  note: string
  series: readonly Series[]
  format: (value: number) => string
  /** The scale's top is at least this, so that noise stays small. */
  ceiling: number
}

const slots = 60
const colours = ['var(--accent)', 'var(--s2)']

/** One minute of one or two series: now and peak in words, the course as a line from zero. */
export function StatsChart({ title, note, series, format, ceiling }: StatsChartProps) {
  const top = Math.max(ceiling, ...series.flatMap(({ values }) => values))
  const last = (values: readonly number[]): string => (values.length === 0 ? '–' : format(values.at(-1) ?? 0))
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap items-baseline gap-x-4">
        <span className="font-semibold">{title}</span>
        {series.map(({ name, values }, index) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            {series.length > 1 ? (
              <>
                <span aria-hidden className="h-0.5 w-3" style={{ background: colours[index] }} />
                <span className="text-faint">{name}</span>
              </>
            ) : null}
            <span data-stat={name}>{last(values)}</span>
          </span>
        ))}
        <span className="ml-auto text-xs text-faint">
          {note ? `${note} · ` : ''}peak {format(Math.max(0, ...series.flatMap(({ values }) => values)))}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${slots - 1} 100`}
        preserveAspectRatio="none"
        aria-hidden
        className="h-28 w-full rounded-md border border-line bg-panel"
      >
        <line x1="0" x2={slots - 1} y1="50" y2="50" stroke="var(--line)" vectorEffect="non-scaling-stroke" />
        {series.map(({ name, values }, index) => (
          <polyline
            key={name}
            points={points(values, top)}
            fill="none"
            stroke={colours[index]}
            strokeWidth="1.5"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </figure>
  )
}

function points(values: readonly number[], top: number): string {
  const start = slots - values.length
  return values.map((value, index) => `${start + index},${(98 - (value / top) * 92).toFixed(1)}`).join(' ')
}
