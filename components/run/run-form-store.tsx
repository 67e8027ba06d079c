'use client'

import { useState } from 'react'
import { useContainers, useImages, useNetworks } from '#components/live/hooks'
import type { LineProblem } from '#lib/run-line/line-problem'
import { parseRunLine } from '#lib/run-line/parse-run-line'
import { printRunLine } from '#lib/run-line/print-run-line'
import type { Container } from '#lib/docker/containers/container'
import type { Image } from '#lib/docker/images/image'
import { knownProblems, localImage } from '#lib/run/known-problems'
import { runProblems } from '#lib/run/run-problems'
import type { RunSpec } from '#lib/run/run-spec'

/** A field's words, and the container in the way where there is one. */
export interface FieldFault {
  message: string
  holder: Container | null
}

export interface RunForm {
  spec: RunSpec
  /** Changes fields; the line follows. */
  edit: (change: Partial<RunSpec>) => void
  line: string
  /** Changes the line; the fields follow as far as it can be read. */
  editLine: (text: string) => void
  lineProblems: readonly LineProblem[]
  /** What to say at a field; an empty field is not wrong before somebody wants to run it. */
  faultOf: (field: string) => FieldFault | null
  /** True when it can be sent; from now on empty fields are wrong too. */
  check: () => boolean
  /** What the server refused, at its field. */
  refuse: (fault: { field: string; message: string } | null) => void
  /** A text area that cannot be read yet (`environment`), or null when it can. */
  noteDraft: (field: string, problem: string | null) => void
  /** The image here, or null: it is pulled first. */
  image: Image | null
}

interface State {
  spec: RunSpec
  line: string
  lineProblems: readonly LineProblem[]
  refused: { field: string; message: string } | null
  wantsAll: boolean
}

/** The form and the line as two views of one spec. `replacedId`: the container that is made again. */
export function useRunForm(initial: RunSpec, replacedId: string | null): RunForm {
  const [state, setState] = useState<State>(() => ({
    spec: initial,
    line: printRunLine(initial),
    lineProblems: [],
    refused: null,
    wantsAll: false,
  }))
  const [drafts, setDrafts] = useState<Readonly<Record<string, string | null>>>({})
  const [containers, images, networks] = [useContainers(), useImages(), useNetworks()]
  const { spec } = state
  const own = runProblems(spec)
  const collisions = knownProblems(spec, { containers, images, networks, replacedId })
  const draftProblem = (field: string) => drafts[field] ?? null
  return {
    spec,
    line: state.line,
    lineProblems: state.lineProblems,
    image: localImage(spec.image, images),
    edit: (change) => {
      const next = { ...spec, ...change }
      setState({ ...state, spec: next, line: printRunLine(next), lineProblems: [], refused: null })
    },
    editLine: (line) => {
      const read = parseRunLine(line)
      setState({ ...state, spec: read.spec, line, lineProblems: read.problems, refused: null })
      setDrafts({})
    },
    faultOf: (field) => {
      if (state.refused?.field === field) return { message: state.refused.message, holder: null }
      const draft = draftProblem(field)
      if (draft !== null) return { message: draft, holder: null }
      const problem = own.get(field)
      if (problem !== undefined)
        return state.wantsAll || !isBlank(spec, field) ? { message: problem, holder: null } : null
      return collisions.get(field) ?? null
    },
    check: () => {
      setState({ ...state, refused: null, wantsAll: true })
      const hasDraft = Object.values(drafts).some((problem) => problem !== null)
      return own.size === 0 && collisions.size === 0 && state.lineProblems.length === 0 && !hasDraft
    },
    refuse: (refused) => setState((latest) => ({ ...latest, refused })),
    noteDraft: (field, problem) => setDrafts((latest) => ({ ...latest, [field]: problem })),
  }
}

/** Nothing was written where something must stand. */
function isBlank(spec: RunSpec, field: string): boolean {
  const [list, number] = field.split('.')
  const index = Number(number)
  switch (list) {
    case 'image':
      return spec.image === ''
    case 'ports':
      return spec.ports[index]?.containerPort === ''
    case 'mounts':
      return (
        spec.mounts[index]?.target === '' ||
        (spec.mounts[index]?.type === 'bind' && spec.mounts[index].source === '')
      )
    case 'networks':
      return spec.networks[index]?.name === ''
    default:
      return false
  }
}
