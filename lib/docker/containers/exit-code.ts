const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP, its terminal went away',
  2: 'SIGINT, it was interrupted',
  3: 'SIGQUIT, it was told to quit',
  4: 'SIGILL, an instruction this processor does not have: built for another platform?',
  6: 'SIGABRT, it gave up by itself',
  7: 'SIGBUS, a bad memory access',
  8: 'SIGFPE, a bad calculation',
  9: 'SIGKILL, it was killed',
  11: 'SIGSEGV, it crashed on a bad memory access',
  13: 'SIGPIPE, nobody read its output',
  14: 'SIGALRM, its alarm went off',
  15: 'SIGTERM, it was asked to stop',
}

/** An exit code in words: what a person needs to know before reading the log. `isOutOfMemory` is the Engine's `State.OOMKilled`. */
export function exitCodeWords(code: number, isOutOfMemory = false): string {
  if (isOutOfMemory) return 'out of memory: the kernel killed it at its memory limit'
  switch (code) {
    case 0:
      return 'it ended well'
    case 1:
      return 'the program failed'
    case 2:
      return 'the program failed; often wrong arguments'
    case 125:
      return 'Docker itself could not run it'
    case 126:
      return 'the command is there but cannot be executed'
    case 127:
      return 'the command was not found in the image'
    case 255:
      return 'the program failed, or the Engine ended under it'
    default:
      return signals[code - 128] ?? 'the program failed with a code of its own'
  }
}
