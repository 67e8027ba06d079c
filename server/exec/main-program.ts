import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import type { ExecEndReason } from '#lib/docker/exec'
import { attachToContainer, resizeContainer, waitForExit } from '#server/engine/containers/attach'
import { inspectForExec } from '#server/engine/containers/exec'
import type { Program } from './program.ts'

/** The end of the process reaches the terminal a moment before the Engine notes it. */
const noteMs = 1_500
/** What a container wrote in its first minute is shown from its beginning; a long log would take the terminal for minutes. */
const youngMs = 60_000

type Inspected = Awaited<ReturnType<typeof inspectForExec>>

/** Joins the main process of a container that has a terminal: it goes on whatever becomes of this one. Throws `conflict` for one without. */
export async function mainProgram(container: Inspected, cols: number, rows: number): Promise<Program> {
  if (!container.hasTerminal)
    throw new CodedError('conflict', `${container.name} was started without a terminal.`, {
      hint: 'Only a container of docker run -it (tty and stdin_open in a compose file) can be attached to. Open a shell in it instead.',
    })
  const { id } = container
  const stop = new AbortController()
  const exit = waitForExit(id, stop.signal)
  try {
    await resizeContainer(id, cols, rows)
    const withLog = Date.now() - container.startedAtMs < youngMs
    return {
      stream: await attachToContainer(id, { withLog }),
      resize: (newCols, newRows) => resizeContainer(id, newCols, newRows),
      exitCode: () => soon(exit),
      whyItEnded: () => whyItEnded(id, exit),
      end: () => Promise.resolve('gone'),
      reapTarget: null,
      release: () => stop.abort(),
    }
  } catch (error) {
    stop.abort()
    throw error
  }
}

async function whyItEnded(id: string, exit: Promise<number | null>): Promise<ExecEndReason> {
  if ((await soon(exit)) !== null) return 'exited'
  try {
    const { state } = await inspectForExec(id)
    return state === 'running' || state === 'paused' ? 'detached' : 'container_stopped'
  } catch (error) {
    return errorCode(error) === 'container_not_found' ? 'container_removed' : 'engine_gone'
  }
}

function soon(exit: Promise<number | null>): Promise<number | null> {
  return Promise.race([exit, new Promise<null>((resolve) => setTimeout(() => resolve(null), noteMs).unref())])
}
