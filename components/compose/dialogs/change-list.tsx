import type { SettingChange } from '#lib/compose/diff/service-diff'

/** Settings that differ, each as it is and as it would be. */
export function ChangeList({ changes }: { changes: readonly SettingChange[] }) {
  return (
    <ul aria-label="Settings that differ" className="mt-0.5 grid gap-0.5 text-xs">
      {changes.map(({ setting, before, after }) => (
        <li key={setting} className="[overflow-wrap:anywhere]">
          <span className="font-mono">{setting}</span> <Value text={before} />{' '}
          <span aria-label="becomes">→</span>{' '}
          {before === after && before !== null ? (
            <span className="text-muted">another one</span>
          ) : (
            <Value text={after} isNew />
          )}
        </li>
      ))}
    </ul>
  )
}

function Value({ text, isNew = false }: { text: string | null; isNew?: boolean }) {
  if (text === null) return <span className="text-faint">not set</span>
  return (
    <span className={isNew ? 'font-mono' : 'font-mono text-muted line-through decoration-faint'}>{text}</span>
  )
}
