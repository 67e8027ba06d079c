import { type CSSProperties, memo } from 'react'
import { exitCodeWords } from '#lib/docker/exit-code'
import { cx } from '#lib/format/cx'
import { paletteColor, type TextStyle } from '#lib/logs/ansi'
import { levels } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import { toIsoNanos, toMs } from '#lib/logs/nano-time'
import type { LogSession } from './log-session.ts'
import type { NoteRow } from './line-store.ts'
import { highlight, rowView } from './row-view.ts'
import type { TimeMode } from './use-log-view.tsx'

export const sourceColors = ['text-s1', 'text-s2', 'text-s3', 'text-s4', 'text-s5', 'text-s6'] as const
const terminalColors = ['--idle', '--bad', '--good', '--warn', '--s1', '--s3', '--s2', '--text'] as const

export interface LogRowProps {
  session: LogSession
  id: number
  position: number
  time: TimeMode
  hasSources: boolean
  isWrapped: boolean
  isCurrent: boolean
  isSelected: boolean
  onOpen: (id: number) => void
  onSelect: (id: number, isRange: boolean) => void
  onLoadOlder: () => void
  /** Changes when the row may look otherwise. */
  version: number
}

/** One line, or what happened between two. All text of a log is a text node here. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { session, id, isCurrent, isSelected } = props
  const note = session.store.note(id)
  if (note) return <NoteLine note={note} session={session} onLoadOlder={props.onLoadOlder} />
  const level = session.store.level(id)
  const flags = session.store.flags(id)
  const isError = level >= 5
  return (
    <div
      data-row={id}
      data-level={levels[level]}
      className={cx(
        'flex min-h-5 min-w-full items-start gap-3 border-l-2 pr-4 pl-[14px] sm:pl-[22px]',
        isError ? 'border-bad bg-bad-soft' : level === 4 ? 'border-warn' : 'border-transparent',
        isSelected && 'bg-accent-soft!',
        isCurrent && 'outline outline-1 -outline-offset-1 outline-accent',
        !props.isWrapped && 'h-5',
      )}
    >
      <TimeCell {...props} />
      {props.hasSources ? <SourceCell session={session} index={session.store.source(id)} /> : null}
      <span
        className={cx(
          'w-[5ch] shrink-0 select-none max-sm:hidden',
          isError ? 'text-bad' : level === 4 ? 'text-warn' : 'text-faint',
        )}
      >
        {level === 0 ? '' : levels[level]}
      </span>
      <span
        className="flex w-[1ch] shrink-0 text-warn select-none"
        title={(flags & lineFlags.stderr) !== 0 ? 'stderr' : undefined}
      >
        {(flags & lineFlags.stderr) !== 0 ? '!' : ''}
      </span>
      <LineText {...props} />
    </div>
  )
})

function TimeCell({ session, id, time, onSelect }: LogRowProps) {
  if (time === 'off') return null
  const at = session.store.time(id)
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${toIsoNanos(at)} · click to select the line, Shift-click for a range`}
      onClick={(event) => onSelect(id, event.shiftKey)}
      className="shrink-0 text-faint select-none hover:text-text"
    >
      {formatTime(toMs(at), time)}
    </button>
  )
}

function SourceCell({ session, index }: { session: LogSession; index: number }) {
  const source = session.sourceOf(index)
  const label = source ? sourceLabel(source) : ''
  return (
    <span
      title={source?.name}
      className={cx('w-[10ch] shrink-0 truncate select-none', sourceColors[index % sourceColors.length])}
    >
      {label}
    </span>
  )
}

export function sourceLabel(source: { service: string; number: number; name: string }): string {
  if (!source.service) return source.name
  return source.number > 1 ? `${source.service} ${source.number}` : source.service
}

function LineText({ session, id, isWrapped, onOpen }: LogRowProps) {
  const view = rowView(session.store.text(id))
  const pieces = highlight(view.spans, session.store.isMatch(id) ? session.search.rangesOf(view.text) : [])
  const flags = session.store.flags(id)
  const cut = session.store.cutBytes(id)
  return (
    // Reading stays a text to select; the details also open by Enter on the current line.
    <span
      data-text
      onDoubleClick={() => onOpen(id)}
      className={cx(
        'min-w-0 flex-1',
        isWrapped ? '[overflow-wrap:anywhere] whitespace-pre-wrap' : 'whitespace-pre',
      )}
    >
      {pieces.map((piece) => {
        const className = cx(
          piece.role === 'key' && 'text-faint',
          piece.isHit && 'rounded-sm bg-warn-soft text-warn',
        )
        if (piece.isHit)
          return (
            <mark key={piece.start} className={className}>
              {piece.text}
            </mark>
          )
        return (
          <span key={piece.start} className={className || undefined} style={cssOf(piece.style)}>
            {piece.text}
          </span>
        )
      })}
      {(flags & lineFlags.cut) !== 0 ? <Aside>{`cut: ${cut.toLocaleString('en')} more bytes`}</Aside> : null}
      {(flags & lineFlags.unfinished) !== 0 ? <Aside>no line end yet</Aside> : null}
      {(flags & lineFlags.continued) !== 0 ? <Aside>goes on from above</Aside> : null}
    </span>
  )
}

function Aside({ children }: { children: string }) {
  return <span className="ml-2 font-sans text-faint select-none">({children})</span>
}

function NoteLine({
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

function noteWords(note: NoteRow): string {
  if (note.type === 'gap') {
    const count = note.count === null ? 'lines' : `${note.count.toLocaleString('en')} lines`
    return note.reason === 'slow'
      ? `${count} are not shown here: this page read too slowly`
      : `${count} could not be had: the Engine no longer keeps them`
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
      return 'was removed, and its log with it'
    default:
      return note.kind
  }
}

const two = (value: number, length = 2): string => String(value).padStart(length, '0')

function formatTime(ms: number, mode: TimeMode): string {
  const at = new Date(ms)
  if (mode === 'utc') return at.toISOString().replace('T', ' ').replace('Z', 'Z')
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`
  return mode === 'time'
    ? clock
    : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock}`
}

function cssOf(style: TextStyle): CSSProperties | undefined {
  if (Object.keys(style).length === 0) return undefined
  const front = colorOf(style.inverse ? (style.background ?? 'inverse') : style.color)
  const back = colorOf(style.inverse ? (style.color ?? 7) : style.background)
  return {
    ...(front ? { color: front } : {}),
    ...(back ? { backgroundColor: back } : {}),
    ...(style.bold ? { fontWeight: 600 } : {}),
    ...(style.dim ? { opacity: 0.7 } : {}),
    ...(style.italic ? { fontStyle: 'italic' } : {}),
    ...(style.underline || style.strike
      ? {
          textDecoration: [style.underline && 'underline', style.strike && 'line-through']
            .filter(Boolean)
            .join(' '),
        }
      : {}),
  }
}

function colorOf(color: number | string | undefined): string | undefined {
  if (color === undefined) return undefined
  if (color === 'inverse') return 'var(--bg)'
  if (typeof color === 'string') return color
  return paletteColor(color) ?? `var(${terminalColors[color % 8]})`
}
