import { z } from 'zod'

/** A file of a project as the page may show it: what looks like a secret is masked by the server. */
export interface SourceFile {
  /** Absolute. */
  path: string
  kind: 'compose' | 'env'
  text: string
  /** Something in `text` is masked; only an admin may ask for the real one. */
  isMasked: boolean
  /** False: the file system says no, for example a read-only mount. */
  isWritable: boolean
}

/** Where the value of a `${VARIABLE}` comes from. `missing`: nowhere, and Compose takes it for empty. */
export type VariableSource = 'env file' | 'default' | 'missing' | 'required'

export interface ModelVariable {
  name: string
  /** Masked where it looks like a secret. */
  value: string
  source: VariableSource
  /** The env file and the line that set it, or empty and 0. */
  path: string
  line: number
  /** Lines of the compose files that use it. */
  uses: { path: string; line: number }[]
}

/** What Compose says is wrong, and where as far as that is known. */
export interface ModelProblem {
  message: string
  /** Absolute, or empty. */
  path: string
  /** From 1; 0 when it is not known. */
  line: number
}

/** A project's files, what Compose makes of them, and where its variables come from. */
export interface ProjectModel {
  workingDir: string
  files: SourceFile[]
  variables: ModelVariable[]
  /** `docker compose config`, masked; null when Compose refuses the files. */
  resolved: string | null
  problem: ModelProblem | null
  /** What Compose warned of. */
  warnings: string[]
}

/** A kept earlier state of a file. */
export interface SourceVersion {
  id: number
  path: string
  savedAtMs: number
  /** Who replaced it. */
  savedBy: string
}

/** The real text of a file, for an admin who asked. `hash` is what a save must name, so that nobody overwrites another's change. */
export interface RevealedFile {
  path: string
  text: string
  hash: string
  versions: SourceVersion[]
}

const path = z.string().min(1).max(4_096)
const text = z.string().max(256 * 1024)

export const revealFileRequest = z.strictObject({ path, versionId: z.int().min(1).optional() })
export type RevealFileRequest = z.infer<typeof revealFileRequest>

export const checkFileRequest = z.strictObject({ path, text })
export type CheckFileRequest = z.infer<typeof checkFileRequest>

export const saveFileRequest = z.strictObject({ path, text, hash: z.string().length(64) })
export type SaveFileRequest = z.infer<typeof saveFileRequest>
