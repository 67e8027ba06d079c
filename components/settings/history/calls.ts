import { deleteJson, putJson } from '#lib/api/client'
import type { HistorySettings } from '#lib/api/history'
import type { HistorySettingsRequest } from '#lib/api/history-request'
import { paths } from '#lib/api/paths'

export const setLimits = (request: HistorySettingsRequest): Promise<HistorySettings> =>
  putJson(paths.historySettings, request)

export const setRecorded = (project: string, isRecorded: boolean): Promise<HistorySettings> =>
  project === ''
    ? setLimits({ isOutsideRecorded: isRecorded })
    : putJson(paths.historyProject(project), { isRecorded })

export const deleteKept = (project: string): Promise<{ lineCount: number }> =>
  deleteJson(paths.historyProject(project))
