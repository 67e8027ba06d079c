import Docker from 'dockerode'
import { randomBytes } from 'node:crypto'
import { engineAddress } from '#server/engine/client/client'

/** A client of the tests' own, beside the one under test. */
export const docker = new Docker({ ...engineAddress(), protocol: 'http' })
/** In front of every name this run makes, so that runs side by side do not meet. */
export const prefix = `spine-test-${randomBytes(3).toString('hex')}`
const made = new Set<string>()

/** Creates a container of the tiny image without a network; `removeFixtures()` takes it away. */
export async function createContainer(
  name: string,
  options: Partial<Docker.ContainerCreateOptions> = {},
): Promise<Docker.Container> {
  const container = await docker.createContainer({
    name: `${prefix}-${name}`,
    Image: 'busybox:latest',
    Cmd: ['sleep', '600'],
    StopTimeout: 1,
    ...options,
    HostConfig: { NetworkMode: 'none', Init: true, ...options.HostConfig },
  })
  made.add(container.id)
  return container
}

/** The same, started. */
export async function runContainer(
  name: string,
  options: Partial<Docker.ContainerCreateOptions> = {},
): Promise<Docker.Container> {
  const container = await createContainer(name, options)
  await container.start()
  return container
}

export async function removeFixtures(): Promise<void> {
  for (const id of made)
    await docker
      .getContainer(id)
      .remove({ force: true, v: true })
      .catch(() => undefined)
  made.clear()
}

/** Labels as Compose writes them. */
export function composeLabels(project: string, service: string, dependsOn = ''): Record<string, string> {
  return {
    'com.docker.compose.project': project,
    'com.docker.compose.service': service,
    'com.docker.compose.config-hash': 'f'.repeat(64),
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.depends_on': dependsOn,
  }
}
