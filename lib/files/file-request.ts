import { z } from 'zod'
import { insidePathProblem } from './inside-path.ts'

const path = z.string().check((context) => {
  const problem = insidePathProblem(context.value)
  if (problem !== null) context.issues.push({ code: 'custom', message: problem, input: context.value })
})

/** Body of the routes that read files. */
export const pathRequest = z.strictObject({ path })

/** Body of the routes that give a file another name in its folder. */
export const renameFileRequest = z.strictObject({ path, name: z.string().min(1).max(255) })

/** Query of the routes that write one file: where it goes, and whether one of this name may be replaced. */
export const uploadQuery = z.object({ path, overwrite: z.enum(['0', '1']).default('0') })

/** Query of a volume's restore: `confirmed` although a running container uses it. */
export const restoreQuery = z.object({ confirmed: z.enum(['0', '1']).default('0') })
