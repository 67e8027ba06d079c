import 'server-only'
import { CodedError } from '#lib/api/errors'
import { processWide } from '#server/process-wide'
import { runExec } from '#server/engine/containers/exec'

const known = ['bash', 'zsh', 'fish', 'ash', 'sh']
/** Tried one by one where there is no /bin/sh: debug images keep a shell apart from the program. */
const elsewhere = [['bash'], ['sh'], ['busybox', 'sh'], ['/busybox/sh'], ['/bin/busybox', 'sh']]
const probe = `for s in ${known.join(' ')}; do command -v "$s" >/dev/null 2>&1 && echo "$s"; done; exit 0`
const timeoutMs = 10_000
const maxRemembered = 500

interface Place {
  containerId: string
  user: string
  workingDir: string
}

/** What a container answered once, it answers for all its life. */
const remembered = (): Map<string, string[]> => processWide('exec.shells', () => new Map())

/**
 * The command that starts a shell: the best there is for `auto`, else the one asked for. Throws `no_shell` when there is
 * none, `bad_request` for a user or folder the container does not have.
 */
export async function findShell(place: Place, wanted: string): Promise<string[]> {
  const key = JSON.stringify([place.containerId, place.user, place.workingDir, wanted])
  const cached = remembered().get(key)
  if (cached) return cached
  const command = wanted === 'auto' ? await detect(place) : await confirm(place, wanted)
  if (remembered().size >= maxRemembered) remembered().clear()
  remembered().set(key, command)
  return command
}

async function detect(place: Place): Promise<string[]> {
  const found = await shellsOf(place)
  const best = found.find((name) => known.includes(name))
  if (best) return [best]
  for (const command of elsewhere) if (await canRun(place, command)) return command
  throw new CodedError('no_shell', 'This container has no shell.', {
    hint: 'Its image holds only the program itself. Run a command that is in the image, or add a shell to the image to look around.',
  })
}

async function confirm(place: Place, wanted: string): Promise<string[]> {
  if (await canRun(place, [wanted])) return [wanted]
  const found = await shellsOf(place)
  throw new CodedError('no_shell', `There is no ${wanted} in this container.`, {
    hint: found.length ? `It has ${found.join(', ')}.` : 'It seems to have no shell at all.',
  })
}

async function shellsOf(place: Place): Promise<string[]> {
  const { output, exitCode } = await run(place, ['/bin/sh', '-c', probe])
  return exitCode === 0 ? output.split('\n').filter(Boolean) : []
}

async function canRun(place: Place, command: readonly string[]): Promise<boolean> {
  const { exitCode } = await run(place, [...command, '-c', ':'])
  return exitCode !== 126 && exitCode !== 127
}

async function run(
  { containerId, user, workingDir }: Place,
  command: string[],
): Promise<{ output: string; exitCode: number | null }> {
  const result = await runExec(containerId, { command, user, workingDir }, { timeoutMs })
  if (result.exitCode !== 0 && /chdir to cwd/.test(result.output))
    throw new CodedError('bad_request', `workingDir: there is no folder ${workingDir} in this container.`)
  return result
}
