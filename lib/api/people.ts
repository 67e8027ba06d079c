import type { Role } from './roles.ts'

export const minPasswordLength = 10
export const maxPasswordLength = 1024

/** Somebody who may sign in. `projects` null: all of the Engine. */
export interface Person {
  id: number
  name: string
  role: Role
  projects: string[] | null
  isDisabled: boolean
  /** Who vouches for them: a password here, the proxy in front, or an OpenID provider. */
  origin: 'local' | 'proxy' | 'oidc'
  /** False for somebody who was made or reset and has not chosen a password with their code yet. */
  hasPassword: boolean
  createdAtMs: number
  seenAtMs: number | null
  sessionCount: number
}

/** A one-time code to choose a password with; shown once. */
export interface OneTimeCode {
  code: string
  expiresAtMs: number
}

/** The answer to making a user: with the code unless a password was set. */
export interface MadePerson {
  person: Person
  code: OneTimeCode | null
}

/** One browser somebody is signed in with; `id` is not the session's secret id. */
export interface SessionEntry {
  id: string
  ip: string
  agent: string
  createdAtMs: number
  seenAtMs: number
  isThisOne: boolean
}

/** A key for scripts. `role` is what the token was given; it never counts for more than its owner's. */
export interface Token {
  id: number
  name: string
  owner: string
  role: Role
  projects: string[] | null
  createdAtMs: number
  expiresAtMs: number
  usedAtMs: number | null
  usedIp: string
}

/** The answer to making a token; `token` is shown this once. */
export interface MadeToken {
  entry: Token
  token: string
}

export const userNameForm = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u

/** What is wrong with a user's name, or null. */
export function userNameProblem(name: string): string | null {
  if (name === '') return 'needs a name'
  return userNameForm.test(name)
    ? null
    : 'can have up to 64 letters, digits and . _ @ + -, and begins with a letter or digit'
}

/** What is wrong with a password that is being chosen, or null. */
export function passwordProblem(password: string): string | null {
  if (password.length < minPasswordLength) return `needs at least ${minPasswordLength} characters`
  return password.length > maxPasswordLength ? `can have at most ${maxPasswordLength} characters` : null
}

export const tokenLifetimesDays = [1, 7, 30, 90, 365] as const
