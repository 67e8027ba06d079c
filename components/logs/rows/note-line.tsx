import { exitCodeWords } from '#lib/docker/containers/exit-code'
import type { LogGap } from '#lib/logs/wire'
import type { LogSession } from '../session/log-session.ts'
import type { NoteRow } from '../store/line-store.ts'
import { sourceLabel } from './source-label.ts'

/** What happened between two lines: a gap, a restart, an exit. */
export function NoteLine({
  note,
  session,
  onLoadOlder,
}: {
  note: NoteRow
  session: LogSession
  onLoadOlder: () => void
}) {
  const source = session.sourceOf(note.source)
  const name = source && session.sources.length > 1 ? `${sourceLabel(source)} ` : ''
  return (
    <div
      data-note={note.type === 'gap' ? note.reason : note.kind}
      className="sticky left-0 flex h-5 w-[min(100%,100cqw)] items-center gap-3 px-4 font-sans text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line sm:px-6"
    >
      {note.type === 'gap' && note.reason === 'earlier' ? (
        <button type="button" className="text-accent hover:underline" onClick={onLoadOlder}>
          {session.isLoadingOlder ? 'reading older lines…' : `${name}has earlier lines: load them`}
        </button>
      ) : (
        <span>{name + noteWords(note)}</span>
      )}
    </div>
  )
}

const gapWords: Record<LogGap['reason'], string> = {
  slow: 'are not shown here: this page read too slowly',
  rotated: 'could not be had: the Engine no longer keeps them',
  earlier: 'are not loaded yet',
  'let-go': 'before this were let go, the oldest first',
  unrecorded: 'may be missing: nothing recorded while they were written',
}

function noteWords(note: NoteRow): string {
  if (note.type === 'gap') {
    const count = note.count === null ? 'lines' : `${note.count.toLocaleString('en')} lines`
    return `${count} ${gapWords[note.reason]}${note.detail ? ` (${note.detail})` : ''}`
  }
  switch (note.kind) {
    case 'exited':
      return note.exitCode === undefined
        ? 'exited'
        : `exited with ${note.exitCode} (${exitCodeWords(note.exitCode, note.isOutOfMemory ?? false)})`
    case 'started':
      return note.restartCount ? `started, restart ${note.restartCount}` : 'started'
    case 'healthy':
    case 'unhealthy':
      return `is ${note.kind} now`
    case 'removed':
      return 'was removed'
    default:
      return note.kind
  }
}
