import { expect, test } from 'vitest'
import { permissionsFor } from './proxy-permissions.ts'

test.each([
  ['GET', '/containers/json?all=1', ['CONTAINERS']],
  ['GET', '/v1.51/containers/abc/json', ['CONTAINERS']],
  ['POST', '/containers/abc/stop?t=1', ['CONTAINERS', 'POST']],
  ['POST', '/containers/abc/exec', ['CONTAINERS', 'EXEC', 'POST']],
  ['POST', '/exec/abc/start', ['CONTAINERS', 'EXEC', 'POST']],
  ['DELETE', '/images/sha256:abc?force=0', ['IMAGES', 'POST']],
  ['GET', '/system/df', ['SYSTEM']],
  ['GET', '/events?filters={}', ['EVENTS']],
  ['GET', '/swarm', ['SWARM']],
])('%s %s', (method, path, names) => expect(permissionsFor(method, path)).toEqual(names))
