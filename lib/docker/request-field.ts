import { z } from 'zod'

/** A text of a request that must pass one of the grammar functions the forms use too. */
export function checked(problemOf: (text: string) => string | null): z.ZodString {
  return z
    .string()
    .max(4096)
    .check((context) => {
      const problem = problemOf(context.value)
      if (problem !== null) context.issues.push({ code: 'custom', message: problem, input: context.value })
    })
}
