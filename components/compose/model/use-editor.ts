'use client'

import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { ModelProblem, RevealedFile } from '#lib/compose/project-model'

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--text)', fontSize: '12px' },
  '.cm-content': { fontFamily: 'var(--font-mono)', caretColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
})

// The same as where the file is only read: keys by weight, comments by slant, colours from the theme.
const words = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), fontWeight: '500', color: 'var(--text)' },
  { tag: [tags.string, tags.content, tags.labelName, tags.typeName], color: 'var(--muted)' },
  { tag: [tags.separator, tags.punctuation, tags.bracket], color: 'var(--faint)' },
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--bad)' },
])

/** A CodeMirror for one file; Ctrl-S saves, Escape then Tab leaves. `replace` puts another text in, as an edit that can be undone. */
export function useEditor({
  file,
  problem,
  onChange,
  onSave,
}: {
  file: RevealedFile
  problem: ModelProblem | null
  onChange: (text: string) => void
  onSave: () => void
}): { ref: RefObject<HTMLDivElement | null>; replace: (text: string) => void } {
  const ref = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const tell = useEffectEvent(onChange)
  const save = useEffectEvent(onSave)
  const firstText = useEffectEvent(() => file.text)
  useEffect(() => {
    if (!ref.current) return undefined
    const extensions = [
      ...standard,
      keymap.of([{ key: 'Mod-s', preventDefault: true, run: () => (save(), true) }]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) tell(update.state.doc.toString())
      }),
      EditorView.contentAttributes.of({ 'aria-label': `Text of ${file.path}` }),
    ]
    const made = new EditorView({
      parent: ref.current,
      state: EditorState.create({ doc: firstText(), extensions }),
    })
    view.current = made
    made.focus()
    return () => made.destroy()
  }, [file.path])
  useEffect(() => {
    const current = view.current
    if (current) current.dispatch(setDiagnostics(current.state, diagnosticsOf(problem, current.state)))
  }, [problem])
  const replace = (text: string): void => {
    const current = view.current
    current?.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } })
  }
  return { ref, replace }
}

const standard: Extension[] = [
  lineNumbers(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  yaml(),
  syntaxHighlighting(words),
  lintGutter(),
  EditorState.tabSize.of(2),
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
  look,
]

function diagnosticsOf(problem: ModelProblem | null, state: EditorState): Diagnostic[] {
  if (!problem || problem.line < 1 || problem.line > state.doc.lines) return []
  const { from, to } = state.doc.line(problem.line)
  return [{ from, to, severity: 'error', message: problem.message }]
}
