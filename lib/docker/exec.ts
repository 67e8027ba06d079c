import { z } from 'zod'

/** The WebSocket speaks two subprotocols: this one, and the single-use ticket as the second. */
export const execProtocol = 'composure.exec'

/** Largest frame either side sends; a larger one ends the socket (1009). Pastes are cut to this. */
export const maxFrameBytes = 65_536

/** A terminal cannot be of any size: the Engine takes 16 bits, people have screens. */
const columns = z.number().int().min(2).max(1000)
const lines = z.number().int().min(1).max(500)
const argument = z.string().min(1).max(4096)

/** Body of `POST /api/containers/{id}/exec`. The size is set before the shell prints its first prompt. */
export const execRequest = z.strictObject({
  cols: columns,
  rows: lines,
  /** `auto` finds one; otherwise a name on the container's PATH or an absolute path. */
  shell: z.string().min(1).max(255).default('auto'),
  /** `name`, `uid`, `name:group` or `uid:gid`; empty means the container's own user. */
  user: z
    .string()
    .max(128)
    .regex(/^[\w.@-]*(:[\w.@-]+)?$/, 'a user name or number, and a group after a colon')
    .default(''),
  /** Absolute path in the container; empty means the container's own. */
  workingDir: z
    .string()
    .max(4096)
    .regex(/^(\/.*)?$/, 'an absolute path')
    .default(''),
  /** Runs this instead of a shell. */
  command: z.array(argument).min(1).max(100).optional(),
  /** Joins the terminal of the container's main process instead (`docker attach`); shell, user, folder and command do not count then. */
  attach: z.boolean().default(false),
  /** An admin's yes to a shell in the dashboard's own container, where its secrets are. */
  force: z.boolean().default(false),
})
export type ExecRequest = z.input<typeof execRequest>

/** Why a session ended. `exited` is the shell's own end; only that one has an exit code that means something. */
export const execEndReasons = [
  'exited',
  /** Ctrl+P Ctrl+Q in a main process that was joined: it goes on. */
  'detached',
  'closed',
  'unwatched',
  'idle',
  'signed_out',
  'shutdown',
  'container_stopped',
  'container_removed',
  'engine_gone',
] as const
export type ExecEndReason = (typeof execEndReasons)[number]

const execEnd = z.object({
  reason: z.enum(execEndReasons),
  /** Null when the Engine could not say. */
  exitCode: z.number().int().nullable(),
  /** True when its processes could not be ended: the container has no shell to do it with, is paused, or the Engine is away. */
  isLeftRunning: z.boolean(),
})
export type ExecEnd = z.infer<typeof execEnd>

const execSession = z.object({
  id: z.string(),
  containerId: z.string(),
  containerName: z.string(),
  /** What was run, e.g. `['bash']`. */
  command: z.array(z.string()),
  user: z.string(),
  workingDir: z.string(),
  /** True for the container's main process, which goes on when the terminal is closed. */
  isAttached: z.boolean().default(false),
  startedAtMs: z.number(),
  /** Null while it runs. */
  end: execEnd.nullable(),
})
/** A shell in a container, as its owner's pages see it. */
export type ExecSession = z.infer<typeof execSession>

/** Answer of `POST /api/containers/{id}/exec` (201) and of `POST /api/exec/{id}`: a ticket opens the socket once. */
export const execOpened = z.object({ session: execSession, ticket: z.string() })
export type ExecOpened = z.infer<typeof execOpened>

/** Answer of `GET /api/containers/{id}/exec`: the caller's own sessions, oldest first. */
export const execList = z.object({
  /** False when shells are switched off for the whole dashboard. */
  isOn: z.boolean(),
  /** True when the main process has a terminal to join. */
  canAttach: z.boolean(),
  sessions: z.array(execSession),
})
export type ExecList = z.infer<typeof execList>

/** Text frames from the browser; binary frames are what is typed. */
const clientMessage = z.discriminatedUnion('type', [
  /** First frame. `fromByte` is how many bytes of output this terminal has already shown; null for a new one. */
  z.object({
    type: z.literal('attach'),
    fromByte: z.number().int().min(0).nullable(),
  }),
  z.object({ type: z.literal('resize'), cols: columns, rows: lines }),
  /** Bytes of output written to the screen so far in this connection: the server sends on only as they are. */
  z.object({ type: z.literal('ack'), bytes: z.number().int().min(0) }),
])
export type ExecClientMessage = z.infer<typeof clientMessage>

/** Text frames from the server; binary frames are the terminal's output. */
const serverMessage = z.discriminatedUnion('type', [
  /**
   * What follows starts at `fromByte` of the output. When `isReset`, clear the screen first, at `cols` x `rows`.
   * The next `replayBytes` bytes are old: queries in them were answered long ago and must not be answered again.
   */
  z.object({
    type: z.literal('attached'),
    fromByte: z.number(),
    replayBytes: z.number(),
    isReset: z.boolean(),
    cols: columns,
    rows: lines,
    session: execSession,
  }),
  /** Several pages may watch one shell: its size, and the answers to its queries, come from the one used last. */
  z.object({ type: z.literal('size'), cols: columns, rows: lines, isYours: z.boolean() }),
  z.object({ type: z.literal('end'), end: execEnd }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
])
export type ExecServerMessage = z.infer<typeof serverMessage>

/** A text frame from the browser, or null when it is none of ours. */
export function readClientMessage(text: string): ExecClientMessage | null {
  return read(clientMessage, text)
}

/** A text frame from the server, or null when it is none of ours (an older page beside a newer server). */
export function readServerMessage(text: string): ExecServerMessage | null {
  return read(serverMessage, text)
}

function read<Value>(schema: z.ZodType<Value>, text: string): Value | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
