'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { queryKeys } from '#lib/api/query-keys'
import { isContainerId } from '#lib/docker/containers/container-id'
import type { CopyKind } from '#lib/run/container-copy'
import { emptyRunSpec } from '#lib/run/empty-run-spec'
import { copyContainer, recreateContainer, runContainer } from './calls.ts'
import { DuplicateNotice, RecreateNotice } from './copy-notice.tsx'
import { RunFormView } from './run-form-view.tsx'

/** `/containers/new`: empty, of an image (`?image=`), or like a container (`?from=ID&as=duplicate|recreate`). */
export function RunPage() {
  const params = useSearchParams()
  const from = params.get('from')
  const kind: CopyKind = params.get('as') === 'recreate' ? 'recreate' : 'duplicate'
  if (from !== null && isContainerId(from)) return <CopyForm key={`${from} ${kind}`} id={from} kind={kind} />
  const image = params.get('image') ?? ''
  return (
    <RunFormView
      key={image}
      title="Run a container"
      initial={{ ...emptyRunSpec, image }}
      submitLabel="Run"
      replacedId={null}
      send={runContainer}
    />
  )
}

function CopyForm({ id, kind }: { id: string; kind: CopyKind }) {
  const copy = useQuery({
    queryKey: queryKeys.containerCopy(id, kind),
    queryFn: () => copyContainer(id, kind),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (copy.isError)
    return (
      <Waiting>
        <ErrorPanel error={copy.error} onRetry={() => void copy.refetch()} />
      </Waiting>
    )
  if (!copy.data)
    return (
      <Waiting>
        <SkeletonRows label="Reading the container" count={8} />
      </Waiting>
    )
  const isRecreation = kind === 'recreate'
  return (
    <RunFormView
      title={isRecreation ? `Change ${copy.data.name}` : `Duplicate ${copy.data.name}`}
      initial={copy.data.spec}
      submitLabel={isRecreation ? 'Make it again' : 'Run'}
      replacedId={isRecreation ? copy.data.id : null}
      send={isRecreation ? (spec) => recreateContainer(copy.data.id, spec) : runContainer}
      notice={isRecreation ? <RecreateNotice copy={copy.data} /> : <DuplicateNotice copy={copy.data} />}
    />
  )
}

function Waiting({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Run a container" />
      <PageBody>{children}</PageBody>
    </>
  )
}
