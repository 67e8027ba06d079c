export interface FileCount {
  files: number
  bytes: number
}

/** What the build of a service may send to the Engine, and what its .dockerignore keeps out. */
export interface BuildContext {
  /** The folder, as the Engine's machine has it; an address when `isRemote`. */
  folder: string
  /** The build file, relative to the folder; `inline` where the compose file holds it. */
  dockerfile: string
  /** The stage it stops at; empty for the last. */
  target: string
  /** Fetched by the builder from elsewhere: nothing of this machine is sent, and nothing below is known. */
  isRemote: boolean
  /** The name of the .dockerignore that holds, or null when there is none. */
  ignoreFile: string | null
  sent: FileCount
  leftOut: FileCount
  /** Of what is sent, the largest first. */
  largest: { path: string; bytes: number }[]
  /** Of what is sent, files that look like secrets. */
  secrets: { path: string; what: string }[]
  /** Lines to add to the .dockerignore, with what each keeps out. */
  savings: ({ line: string } & FileCount)[]
  /** True when the folder was too large to be read to its end: every number is "at least". */
  isPartial: boolean
}

/** The resolved `build` of a service, as far as it is read. Source: compose-go `types.BuildConfig`. */
export interface BuildSettings {
  context: string
  dockerfile: string
  isInline: boolean
  target: string
}

/** Reads `build` of a service of `docker compose config`; null when it has none. */
export function readBuild(build: unknown): BuildSettings | null {
  if (typeof build !== 'object' || build === null) return null
  const { context, dockerfile, dockerfile_inline, target } = build as Record<string, unknown>
  return {
    context: typeof context === 'string' ? context : '.',
    dockerfile: typeof dockerfile === 'string' ? dockerfile : 'Dockerfile',
    isInline: typeof dockerfile_inline === 'string',
    target: typeof target === 'string' ? target : '',
  }
}
