import { Fact, Facts } from './facts.tsx'

/** Labels and options: keys and values to the letter, in the order of their keys. */
export function KeyValues({ values, empty }: { values: Readonly<Record<string, string>>; empty: string }) {
  const entries = Object.entries(values).sort(([a], [b]) => a.localeCompare(b, 'en'))
  if (entries.length === 0) return <p className="text-faint">{empty}</p>
  return (
    <Facts>
      {entries.map(([key, value]) => (
        <Fact
          key={key}
          name={<span className="font-mono text-xs [overflow-wrap:anywhere]">{key}</span>}
          isMono
        >
          {value === '' ? <span className="font-sans text-faint">empty</span> : value}
        </Fact>
      ))}
    </Facts>
  )
}
