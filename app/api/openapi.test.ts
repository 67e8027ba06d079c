import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { errorStatus } from '#lib/api/errors'
import { placeRequest } from '#lib/compose/place-request'
import { folderBuildRequest } from '#lib/builds/folder-build-request'
import { buildRequest, downRequest, pullRequest, runRequest, upRequest } from '#lib/compose/request'
import { historyProjectRequest, historySettingsRequest } from '#lib/api/history-request'
import { execRequest } from '#lib/docker/exec'
import {
  actionRequest,
  projectActionRequest,
  removeContainerRequest,
  renameRequest,
} from '#lib/docker/containers/container-request'
import { checkFileRequest, revealFileRequest, saveFileRequest } from '#lib/compose/project-model'
import { cleanupRequest } from '#lib/docker/cleanup/cleanup-request'
import { pullImageRequest, tagImageRequest } from '#lib/docker/images/image-request'
import { connectRequest, createNetworkRequest } from '#lib/docker/networks/network-request'
import { saveRegistryRequest } from '#lib/docker/images/registry-request'
import { createVolumeRequest } from '#lib/docker/volumes/volume-request'
import {
  changePasswordRequest,
  changeUserRequest,
  codeSignInRequest,
  createTokenRequest,
  createUserRequest,
  resetPasswordRequest,
} from '#lib/api/people-request'
import { pathRequest, renameFileRequest } from '#lib/files/file-request'
import { copyRequest, recreateRequest } from '#lib/run/container-copy'
import { runRequest as runContainerRequest } from '#lib/run/run-spec'
import { beginOidcRequest, finishOidcRequest } from '#lib/api/session'
import { listRoutes } from '../../tests/engine/front-routes.ts'

interface Operation {
  'x-role': string
  parameters?: { name: string; in: string }[]
  requestBody?: unknown
  responses: Record<string, { description: string }>
  security: Record<string, unknown>[]
}
const file = join(import.meta.dirname, '../../docs/openapi.json')
const api = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}
const routes = await listRoutes()
const described = Object.entries(api.paths).flatMap(([path, operations]) =>
  Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
)

test('docs/openapi.json describes every route, and no other', () => {
  expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort())
})

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  const operation = api.paths[route.path]?.[route.method.toLowerCase()]

  test('has the role, the security and the path parameters it is described with', () => {
    const named = [...route.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1])
    const needsSecret = route.method !== 'GET' || route.policy?.isStream === true
    expect(operation?.['x-role']).toBe(route.policy?.role)
    expect(
      (operation?.parameters ?? []).filter((each) => each.in === 'path').map((each) => each.name),
    ).toEqual(named)
    expect(operation?.security).toEqual(
      route.policy?.role === 'anonymous' ? [] : [needsSecret ? { cookie: [], secret: [] } : { cookie: [] }],
    )
  })

  test('names only errors that exist, under their status', () => {
    for (const [status, { description }] of Object.entries(operation?.responses ?? {}))
      for (const [, code = ''] of Number(status) >= 400 ? description.matchAll(/`(\w+)`/g) : [])
        expect([code, (errorStatus as Record<string, number>)[code]]).toEqual([code, Number(status)])
  })
})

const bodies = {
  ActionRequest: actionRequest,
  BeginOidcRequest: beginOidcRequest,
  ComposeBuildRequest: buildRequest,
  ComposeDownRequest: downRequest,
  ComposePullRequest: pullRequest,
  ComposeRunRequest: runRequest,
  ComposeUpRequest: upRequest,
  ChangePasswordRequest: changePasswordRequest,
  ChangeUserRequest: changeUserRequest,
  CodeSignInRequest: codeSignInRequest,
  CheckFileRequest: checkFileRequest,
  CleanupRequest: cleanupRequest,
  ConnectRequest: connectRequest,
  CopyRequest: copyRequest,
  CreateNetworkRequest: createNetworkRequest,
  CreateTokenRequest: createTokenRequest,
  CreateUserRequest: createUserRequest,
  CreateVolumeRequest: createVolumeRequest,
  ExecRequest: execRequest,
  FinishOidcRequest: finishOidcRequest,
  FolderBuildRequest: folderBuildRequest,
  PlaceRequest: placeRequest,
  HistoryProjectRequest: historyProjectRequest,
  HistorySettingsRequest: historySettingsRequest,
  PathRequest: pathRequest,
  ProjectActionRequest: projectActionRequest,
  PullImageRequest: pullImageRequest,
  RecreateRequest: recreateRequest,
  RemoveContainerRequest: removeContainerRequest,
  RenameFileRequest: renameFileRequest,
  RenameRequest: renameRequest,
  ResetPasswordRequest: resetPasswordRequest,
  RunRequest: runContainerRequest,
  RevealFileRequest: revealFileRequest,
  SaveFileRequest: saveFileRequest,
  SaveRegistryRequest: saveRegistryRequest,
  TagImageRequest: tagImageRequest,
}

test.each(Object.entries(bodies))('the body %s is what the route parses', (name, schema) => {
  const { $schema: _, ...expected } = z.toJSONSchema(schema, { io: 'input' })
  expect(api.components.schemas[name]).toEqual(JSON.parse(JSON.stringify(expected)))
})
