'use client'

import { useState } from 'react'
import {
  argumentProblem,
  type BuildFolder,
  mountIdProblem,
  platformProblem,
  standardFolderBuild,
} from '#lib/builds/folder-build'
import type { FolderBuildRequest } from '#lib/builds/folder-build-request'
import { pathProblem } from '#lib/compose/folder'
import { newImageNameProblem } from '#lib/docker/images/image-reference'
import { readPairs } from '#lib/run-line/env-lines'

export interface BuildTexts {
  args: string
  secrets: string
  sshKeys: string
}

export interface BuildForm {
  request: FolderBuildRequest
  /** What is typed, a line each: arguments, and the files of secrets and keys. */
  texts: BuildTexts
  edit: (change: Partial<FolderBuildRequest>) => void
  editText: (change: Partial<BuildTexts>) => void
  /** What is wrong, by field; nothing before one tried to send it. */
  problems: Record<'name' | 'platform' | keyof BuildTexts, string | null>
  /** True when nothing is wrong; from then on mistakes are shown. */
  check: () => boolean
}

/** The form of a folder's build, with a name proposed. The stage goes when another file has none of that name. */
export function useBuildForm(folder: BuildFolder): BuildForm {
  const [isChecked, setIsChecked] = useState(false)
  const [texts, setTexts] = useState<BuildTexts>({ args: '', secrets: '', sshKeys: '' })
  const [edited, setEdited] = useState<Partial<FolderBuildRequest>>({})
  const { pairs, problem: linesProblem } = readPairs(texts.args)
  const secrets = readFiles(texts.secrets)
  const sshKeys = readFiles(texts.sshKeys)
  const target = folder.stages.includes(edited.target ?? '') ? edited.target : ''
  const request: FolderBuildRequest = {
    ...standardFolderBuild,
    name: proposedName(folder.path),
    ...edited,
    folder: folder.path,
    dockerfile: folder.dockerfile,
    target: target ?? '',
    args: pairs,
    secrets: secrets.files,
    sshKeys: sshKeys.files,
  }
  const badArgument = pairs.map(({ name }) => argumentProblem(name)).find((problem) => problem !== null)
  const problems = {
    name: newImageNameProblem(request.name),
    platform: platformProblem(request.platform),
    args: linesProblem ?? badArgument ?? null,
    secrets: secrets.problem,
    sshKeys: sshKeys.problem,
  }
  return {
    request,
    texts,
    edit: (change) => setEdited({ ...edited, ...change }),
    editText: (change) => setTexts({ ...texts, ...change }),
    problems: isChecked ? problems : noProblems,
    check: () => {
      setIsChecked(true)
      return Object.values(problems).every((problem) => problem === null)
    },
  }
}

const noProblems = { name: null, platform: null, args: null, secrets: null, sshKeys: null }

/** `ID=/path/of/the/file` a line. */
function readFiles(text: string): { files: FolderBuildRequest['secrets']; problem: string | null } {
  const { pairs, problem } = readPairs(text)
  const files = pairs.map(({ name, value }) => ({ id: name, file: value }))
  const wrong = files.map(({ id, file }) => mountIdProblem(id) ?? pathProblem(file))
  return { files, problem: problem ?? wrong.find((each) => each !== null) ?? null }
}

/** The folder's own name, where an image can be called that. */
function proposedName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return newImageNameProblem(name) === null ? name : ''
}
