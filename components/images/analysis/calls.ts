import { queryOptions } from '@tanstack/react-query'
import { getJson, postJson } from '#lib/api/client'
import { errorCode } from '#lib/api/errors'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { ImageAnalysis, ImageComparison } from '#lib/images/analysis'
import type { Job } from '#lib/jobs/job'

const hex = (id: string): string => id.replace(/^sha256:/, '')

/** What was found in an image; null before somebody looked. */
export const analysisQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.imageAnalysis(id),
    queryFn: ({ signal }) => orNull(getJson<ImageAnalysis>(paths.imageAnalysis(hex(id)), { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const comparisonQuery = (fromId: string, toId: string) =>
  queryOptions({
    queryKey: queryKeys.imageComparison(fromId, toId),
    queryFn: ({ signal }) =>
      orNull(getJson<ImageComparison>(paths.imageComparison(hex(fromId), hex(toId)), { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const startAnalysis = (id: string): Promise<Job> => postJson<Job>(paths.imageAnalysis(hex(id)), {})

export const startComparison = (fromId: string, toId: string): Promise<Job> =>
  postJson<Job>(paths.imageComparison(hex(fromId), hex(toId)), {})

async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked
  } catch (error) {
    if (errorCode(error) === 'not_found') return null
    throw error
  }
}
