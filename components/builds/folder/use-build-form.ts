'use client'

import { useState } from 'react'
import {
  argumentProblem,
  type BuildFolder,
  platformProblem,
  standardFolderBuild,
} from '#lib/builds/folder-build'
import type { FolderBuildRequest } from '#lib/builds/folder-build-request'
import { newImageNameProblem } from '#lib/docker/images/image-reference'
import { readPairs } from '#lib/run-line/env-lines'

export interface BuildForm {
  request: FolderBuildRequest
  /** The arguments as they are typed. */
  argumentText: string
  edit: (change: Partial<FolderBuildRequest>) => void
  editArguments: (text: string) => void
  /** What is wrong, by field; nothing before one tried to send it. */
  problems: { name: string | null; platform: string | null; args: string | null }
  /** True when nothing is wrong; from then on mistakes are shown. */
  check: () => boolean
}

/** The form of a folder's build, with a name proposed. The stage goes when another file has none of that name. */
export function useBuildForm(folder: BuildFolder): BuildForm {
  const [isChecked, setIsChecked] = useState(false)
  const [argumentText, setArgumentText] = useState('')
  const [edited, setEdited] = useState<Partial<FolderBuildRequest>>({})
  const { pairs, problem: linesProblem } = readPairs(argumentText)
  const target = folder.stages.includes(edited.target ?? '') ? edited.target : ''
  const request: FolderBuildRequest = {
    ...standardFolderBuild,
    name: proposedName(folder.path),
    ...edited,
    folder: folder.path,
    dockerfile: folder.dockerfile,
    target: target ?? '',
    args: pairs,
  }
  const badArgument = pairs.map(({ name }) => argumentProblem(name)).find((problem) => problem !== null)
  const problems = {
    name: newImageNameProblem(request.name),
    platform: platformProblem(request.platform),
    args: linesProblem ?? badArgument ?? null,
  }
  return {
    request,
    argumentText,
    edit: (change) => setEdited({ ...edited, ...change }),
    editArguments: setArgumentText,
    problems: isChecked ? problems : { name: null, platform: null, args: null },
    check: () => {
      setIsChecked(true)
      return Object.values(problems).every((problem) => problem === null)
    },
  }
}

/** The folder's own name, where an image can be called that. */
function proposedName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return newImageNameProblem(name) === null ? name : ''
}
