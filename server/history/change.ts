import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { HistorySettings } from '#lib/api/history'
import type { HistorySettingsRequest } from '#lib/api/history-request'
import { history, recorder } from './history.ts'
import type { HistoryTarget } from './store.ts'

/** Sets limits, and whether containers outside projects are recorded; what is beyond the limits goes at once. */
export async function setHistory(asked: HistorySettingsRequest): Promise<HistorySettings> {
  const before = await history().settings()
  const { isOutsideRecorded = before.isOutsideRecorded, ...limits } = asked
  return save({ ...before, isOutsideRecorded, limits: { ...before.limits, ...defined(limits) } })
}

/** Switches recording of a project on or off; what is kept stays. */
export async function setProjectRecorded(project: string, isRecorded: boolean): Promise<HistorySettings> {
  const before = await history().settings()
  const others = before.projectsOff.filter((name) => name !== project)
  return save({ ...before, projectsOff: isRecorded ? others : [...others, project].sort() })
}

/** Deletes what is kept; answers how many lines that were. Throws `not_found` where nothing is. */
export async function deleteHistory(target: HistoryTarget): Promise<{ lineCount: number }> {
  const kept = await history().list([target])
  if (kept.length === 0)
    throw new CodedError('not_found', 'The log archive has nothing of that name.', {
      hint: 'It may have been deleted or let go already.',
    })
  return { lineCount: await history().remove(target, recorder().keepIds()) }
}

async function save(settings: HistorySettings): Promise<HistorySettings> {
  await history().setSettings(settings)
  await recorder().reload()
  return settings
}

function defined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>
  }
}
