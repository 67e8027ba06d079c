/** What is wrong with a command line, and where: `start` and `end` are offsets into its text. */
export interface LineProblem {
  message: string
  start: number
  end: number
}
