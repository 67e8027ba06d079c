'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CommandLine } from '#components/ui/command-line'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { Chip, Toolbar } from '#components/ui/toolbar'
import type { ProjectModel } from '#lib/compose/project-model'
import { modelQuery } from './calls.ts'
import { FilePanel } from './file-panel.tsx'
import { SourceText } from './source-text.tsx'
import { VariableTable } from './variable-table.tsx'

type View = { kind: 'file'; path: string; line: number } | { kind: 'resolved' } | { kind: 'variables' }

/** The project's files, what Compose makes of them, and where its variables come from. */
export function ModelPage({ project }: { project: string }) {
  const model = useQuery(modelQuery(project))
  const [view, setView] = useState<View | null>(null)
  if (model.isError)
    return (
      <PageBody>
        <div className="pt-4">
          <ErrorPanel error={model.error} onRetry={() => void model.refetch()} />
        </div>
      </PageBody>
    )
  if (model.isPending)
    return (
      <PageBody>
        <SkeletonRows label="Asking Compose" count={10} />
      </PageBody>
    )
  const shown = view ?? { kind: 'file', path: model.data.files[0]?.path ?? '', line: 0 }
  const goTo = (path: string, line: number) => setView({ kind: 'file', path, line })
  const file = shown.kind === 'file' ? model.data.files.find(({ path }) => path === shown.path) : undefined
  return (
    <>
      <Toolbar>
        <div role="group" aria-label="What to show" className="flex flex-wrap gap-1.5">
          {model.data.files.map(({ path }) => (
            <Chip key={path} isOn={file?.path === path} onClick={() => goTo(path, 0)}>
              {shortPath(path, model.data.workingDir)}
            </Chip>
          ))}
          <Chip isOn={shown.kind === 'resolved'} onClick={() => setView({ kind: 'resolved' })}>
            Resolved
          </Chip>
          <Chip
            isOn={shown.kind === 'variables'}
            count={model.data.variables.length}
            onClick={() => setView({ kind: 'variables' })}
          >
            Variables
          </Chip>
        </div>
        <span className="ml-auto min-w-0 truncate font-mono text-xs text-faint">{model.data.workingDir}</span>
      </Toolbar>
      <PageBody>
        <Problems model={model.data} onGo={goTo} />
        {file && shown.kind === 'file' ? (
          <FilePanel
            key={file.path}
            project={project}
            file={file}
            markedLine={shown.line || problemLine(model.data, file.path)}
            onSaved={() => void model.refetch()}
          />
        ) : shown.kind === 'variables' ? (
          <VariableTable model={model.data} onGo={goTo} />
        ) : model.data.resolved === null ? (
          <p className="py-6 text-muted">Compose cannot resolve the files: see above.</p>
        ) : (
          <SourceText text={model.data.resolved} markedLine={0} label="The files as Compose resolves them" />
        )}
      </PageBody>
      <CommandLine
        command={[
          'docker',
          'compose',
          '-p',
          project,
          'config',
          ...(shown.kind === 'variables' ? ['--variables'] : []),
        ]}
      />
    </>
  )
}

function Problems({ model, onGo }: { model: ProjectModel; onGo: (path: string, line: number) => void }) {
  const { problem, warnings, workingDir } = model
  if (!problem && warnings.length === 0) return null
  return (
    <div className="mb-4 grid gap-1 rounded-md border border-line bg-panel px-3 py-2">
      {problem ? (
        <p role="alert" className="text-bad">
          {problem.message}{' '}
          {problem.path && problem.line > 0 ? (
            <button
              type="button"
              className="text-accent hover:underline"
              onClick={() => onGo(problem.path, problem.line)}
            >
              {shortPath(problem.path, workingDir)}, line {problem.line}
            </button>
          ) : null}
        </p>
      ) : null}
      {warnings.map((warning) => (
        <p key={warning} className="text-warn">
          {warning}
        </p>
      ))}
    </div>
  )
}

function problemLine({ problem }: ProjectModel, path: string): number {
  return problem?.path === path ? problem.line : 0
}

function shortPath(path: string, folder: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
