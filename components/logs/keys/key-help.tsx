const words: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['s', 'search every line there is'],
  ['n  N', 'next, previous match'],
  ['h', 'keep the search highlighted'],
  ['e  E', 'next, previous error'],
  ['j  k', 'line down, up'],
  ['Space  b', 'page down, up'],
  ['g  G', 'first, last line'],
  ['f', 'follow'],
  ['w', 'wrap long lines'],
  ['t', 'times: none, clock, date, UTC'],
  ['z', 'open or fold the trace'],
  ['Enter', 'details of the line'],
  ['c', 'copy the selected lines'],
  ['l', 'copy a link to the line'],
  ['?', 'these keys'],
]

/** What the keys of a log page do. */
export function KeyHelp() {
  return (
    <dl className="absolute top-3 right-6 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-lg border border-line-strong bg-panel p-4 text-xs shadow-lift">
      {words.map(([name, meaning]) => (
        <div key={name} className="contents">
          <dt className="font-mono text-muted">{name}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}
