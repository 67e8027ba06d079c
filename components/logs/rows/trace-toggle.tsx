import { useLogPage } from '../log-page.tsx'
import type { LogSession } from '../session/log-session.ts'
import type { TraceGroup } from '../store/trace-groups.ts'
import { rowView } from './row-view.ts'

const maxPreview = 200

/** Opens and closes the rest of a trace; while it is closed, with how many lines it has and what it says where its first line does not. */
export function TraceToggle({ session, id }: { session: LogSession; id: number }) {
  const { view } = useLogPage()
  const trace = session.store.traceOf(id)
  if (!trace || view.traces === 'off') return null
  const count = trace.count.toLocaleString('en')
  return (
    <>
      {trace.isOpen ? null : <span className="text-muted">{previewOf(session, id, trace)}</span>}
      <button
        type="button"
        tabIndex={-1}
        aria-expanded={trace.isOpen}
        aria-label={trace.isOpen ? 'Fold the trace' : `Show ${count} more lines of the trace`}
        onClick={() => session.setTraceOpen(id, !trace.isOpen)}
        className="ml-2 rounded-sm border border-line px-1 font-sans text-2xs leading-4 text-accent select-none hover:bg-hover"
      >
        {trace.isOpen ? 'fold' : `+${count} ${trace.count === 1 ? 'line' : 'lines'}`}
      </button>
    </>
  )
}

/** Python says what went wrong in the last line; .NET's console says everything in the second. */
function previewOf({ store }: LogSession, id: number, trace: TraceGroup): string {
  const head = store.text(id)
  const telling = head.startsWith('Traceback')
    ? trace.lastId
    : /^\w{4}: \S+\[\d+\]$/.test(head)
      ? trace.firstId
      : null
  if (telling === null) return ''
  const preview = rowView(store.text(telling)).text.trim().slice(0, maxPreview)
  return preview ? ` … ${preview}` : ''
}
