import { postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { ContainerCopy, CopyKind } from '#lib/run/container-copy'
import type { RunAnswer, RunSpec } from '#lib/run/run-spec'

export const runContainer = (spec: RunSpec): Promise<RunAnswer> => postJson(paths.containers, { spec })

/** The old one is removed only when the new one runs; otherwise the error says that it was put back. */
export const recreateContainer = (id: string, spec: RunSpec): Promise<RunAnswer> =>
  postJson(paths.containerRecreate(id), { spec })

/** The spec of a container with its secrets; leaves a row in the audit. */
export const copyContainer = (id: string, kind: CopyKind): Promise<ContainerCopy> =>
  postJson(paths.containerSpec(id), { kind })
