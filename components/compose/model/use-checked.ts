'use client'

import { useEffect, useState } from 'react'
import type { ModelProblem } from '#lib/compose/project-model'
import { checkFile } from './calls.ts'

const pauseMs = 500

/** What Compose says of a text, asked after each pause in typing; the last question's answer counts. */
export function useChecked(
  project: string,
  path: string,
  text: string,
  isChanged: boolean,
): { problem: ModelProblem | null; isChecking: boolean } {
  const [answer, setAnswer] = useState<{ text: string; problem: ModelProblem | null } | null>(null)
  useEffect(() => {
    if (!isChanged) return undefined
    let isOver = false
    const timer = setTimeout(() => {
      checkFile(project, { path, text })
        .then(({ problem }) => {
          if (!isOver) setAnswer({ text, problem })
        })
        .catch((error: unknown) => {
          const message = error instanceof Error ? error.message : 'It could not be checked.'
          if (!isOver) setAnswer({ text, problem: { message, path, line: 0 } })
        })
    }, pauseMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [project, path, text, isChanged])
  if (!isChanged) return { problem: null, isChecking: false }
  return { problem: answer?.text === text ? answer.problem : null, isChecking: answer?.text !== text }
}
