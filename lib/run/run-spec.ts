import { z } from 'zod'

const short = z.string().max(4096)
const name = z.string().max(255)

/** A published or exposed port, in Docker's own text: numbers or ranges (`8000-8010`). */
const runPort = z.strictObject({
  /** Address of the machine it listens on; empty for all. */
  hostIp: z.string().max(64),
  /** Port of the machine; empty: the Engine picks a free one. */
  hostPort: z.string().max(16),
  containerPort: z.string().max(16),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
})
export type RunPort = z.infer<typeof runPort>

const runMount = z.strictObject({
  type: z.enum(['volume', 'bind', 'tmpfs']),
  /** Volume name or folder of the Engine's machine; empty for a new volume without a name and for tmpfs. */
  source: short,
  /** Absolute path inside. */
  target: short,
  isReadOnly: z.boolean(),
  /** What else Docker takes, comma-separated: `z`, `nocopy`, `size=64m`; for a strict mount `bind-propagation=rslave`. */
  options: short,
  /** As `--mount` does: a folder that is not there is an error. `-v` has it created. */
  isStrict: z.boolean(),
})
export type RunMount = z.infer<typeof runMount>

const runNetwork = z.strictObject({ name, aliases: z.array(name).max(64), ip: z.string().max(64) })
export type RunNetwork = z.infer<typeof runNetwork>

/** A variable or a label: a name and a value. */
const pair = z.strictObject({ name: short.min(1), value: z.string().max(131_072) })
export type Pair = z.infer<typeof pair>

/** One more option of `docker run`, by its long name without dashes. */
const runOption = z.strictObject({ name: z.string().max(64), value: short })
export type RunOption = z.infer<typeof runOption>

/**
 * A container to be run, field for field what `docker run` takes and in its own texts, so that the form and the line are two views of
 * one thing. Empty means: not said, the image's or the Engine's own.
 */
export const runSpec = z.strictObject({
  image: short,
  name,
  /** Null: the image's own; empty: none. */
  entrypoint: short.nullable(),
  command: z.array(z.string().max(65_536)).max(1000),
  isDetached: z.boolean(),
  isInteractive: z.boolean(),
  hasTty: z.boolean(),
  isRemovedAtEnd: z.boolean(),
  ports: z.array(runPort).max(500),
  publishesAll: z.boolean(),
  environment: z.array(pair).max(2000),
  mounts: z.array(runMount).max(200),
  networks: z.array(runNetwork).max(50),
  /** `no` (or empty), `always`, `unless-stopped`, `on-failure`, `on-failure:3`. */
  restart: short,
  memory: short,
  cpus: short,
  processes: short,
  user: short,
  workingDir: short,
  hostname: name,
  labels: z.array(pair).max(500),
  hasInit: z.boolean(),
  isReadOnly: z.boolean(),
  isPrivileged: z.boolean(),
  health: z.strictObject({
    command: z.string().max(65_536),
    interval: short,
    timeout: short,
    startPeriod: short,
    retries: short,
    isOff: z.boolean(),
  }),
  /** All other options, sorted by name. */
  others: z.array(runOption).max(500),
})
export type RunSpec = z.infer<typeof runSpec>

/** Body of `POST /api/containers`. */
export const runRequest = z.strictObject({ spec: runSpec })

/** Answer of `POST /api/containers` and of a recreation. */
export interface RunAnswer {
  id: string
  name: string
  /** The Engine's own warnings. */
  warnings: string[]
}
