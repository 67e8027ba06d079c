import { copyText } from '#components/ui/copy-button'
import { notify } from '#components/ui/toast'
import { pages } from '#lib/api/paths'
import type { LogPage } from './log-page.tsx'
import { permalink } from './place/place-url.ts'
import type { LogSession } from './session/log-session.ts'

/** Copies lines: `text` as they read, `raw` as the program wrote them, colours and all. */
export function copyLines({ store }: LogSession, ids: readonly number[], what: 'text' | 'raw'): void {
  const lines = ids
    .filter((id) => !store.note(id))
    .map((id) => (what === 'raw' ? store.text(id) : store.copyText(id)))
  if (lines.length === 0) return
  const text = lines.join('\n')
  // Bytes that are no UTF-8 cannot be in a clipboard.
  const lost =
    what === 'raw' && text.includes('\ufffd')
      ? ' Bytes that are no text are replaced; the download has them.'
      : ''
  const count = lines.length === 1 ? 'the line' : `${lines.length.toLocaleString('en')} lines`
  copy(text, `Copied ${count}.${lost}`)
}

/** Copies the address of a line for somebody else: this page, at that line. */
export function copyLineLink(
  { target, session }: Pick<LogPage, 'target' | 'session'>,
  id: number | null,
): void {
  const source = id === null ? undefined : session.sourceOf(session.store.source(id))
  if (id === null || !source) return
  const path =
    target.kind === 'project'
      ? pages.projectLogs(target.name)
      : pages.containerTab(source.containerId, 'logs')
  const link = permalink(path, { containerId: source.containerId, cursor: session.store.cursor(id) })
  copy(link, 'Copied a link to the line.')
}

function copy(text: string, words: string): void {
  void copyText(text).then((isDone) => {
    if (isDone) notify.done(words)
    else
      notify.error(
        'The browser does not allow copying here.',
        new Error('Select the text and copy it with the keyboard.'),
      )
  })
}
