import { queryOptions } from '@tanstack/react-query'
import { deleteJson, getJson, postJson, putJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { MadePerson, MadeToken, OneTimeCode, Person, SessionEntry, Token } from '#lib/api/people'
import type { ChangeUserRequest, CreateTokenRequest, CreateUserRequest } from '#lib/api/people-request'
import { queryKeys } from '#lib/api/query-keys'
import type { RegistryEntry } from '#lib/docker/images/registry'
import type { SaveRegistryRequest } from '#lib/docker/images/registry-request'
import type { SignedIn } from '#lib/api/session'

export const usersQuery = queryOptions({
  queryKey: queryKeys.users,
  queryFn: ({ signal }) => getJson<Person[]>(paths.users, { signal }),
})

export const createUser = (request: CreateUserRequest): Promise<MadePerson> => postJson(paths.users, request)

export const changeUser = (id: number, request: ChangeUserRequest): Promise<Person> =>
  putJson(paths.user(id), request)

export const deleteUser = (id: number): Promise<undefined> => deleteJson(paths.user(id))

/** Without a password the answer has a one-time code. */
export const resetPassword = (id: number, password?: string): Promise<{ code: OneTimeCode | null }> =>
  postJson(paths.userPassword(id), password === undefined ? {} : { password })

export const sessionsQuery = queryOptions({
  queryKey: queryKeys.accountSessions,
  queryFn: ({ signal }) => getJson<SessionEntry[]>(paths.accountSessions, { signal }),
})

export const endSession = (id: string): Promise<undefined> => deleteJson(paths.accountSession(id))

export const changeOwnPassword = (current: string, password: string): Promise<SignedIn> =>
  putJson(paths.accountPassword, { current, password })

export const tokensQuery = queryOptions({
  queryKey: queryKeys.tokens,
  queryFn: ({ signal }) => getJson<Token[]>(paths.tokens, { signal }),
})

export const createToken = (request: CreateTokenRequest): Promise<MadeToken> =>
  postJson(paths.tokens, request)

export const revokeToken = (id: number): Promise<undefined> => deleteJson(paths.token(id))

export const registriesQuery = queryOptions({
  queryKey: queryKeys.registries,
  queryFn: ({ signal }) => getJson<RegistryEntry[]>(paths.registries, { signal }),
})

export const saveRegistry = (request: SaveRegistryRequest): Promise<RegistryEntry> =>
  postJson(paths.registries, request)

export const forgetRegistry = (host: string): Promise<undefined> => deleteJson(paths.registry(host))
