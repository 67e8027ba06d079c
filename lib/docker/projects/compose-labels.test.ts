import { describe, expect, it } from 'vitest'
import { readComposeLabels } from './compose-labels.ts'

const labels = {
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': 'app',
  'com.docker.compose.config-hash': 'a'.repeat(64),
  'com.docker.compose.container-number': '2',
  'com.docker.compose.oneoff': 'False',
  'com.docker.compose.version': '2.40.3',
  'com.docker.compose.project.working_dir': '/srv/my shop',
  'com.docker.compose.project.config_files': '/srv/my shop/a.yml,/srv/my shop/b.yml',
  'com.docker.compose.depends_on': 'db:service_healthy:false,cache',
}

describe('readComposeLabels', () => {
  it('reads project, service, number, files and dependencies', () => {
    expect(readComposeLabels(labels)).toEqual({
      project: 'shop',
      service: 'app',
      number: 2,
      isOneOff: false,
      workingDir: '/srv/my shop',
      configFiles: ['/srv/my shop/a.yml', '/srv/my shop/b.yml'],
      environmentFiles: [],
      version: '2.40.3',
      configHash: 'a'.repeat(64),
      dependsOn: [
        { service: 'db', condition: 'service_healthy', restart: false },
        { service: 'cache', condition: 'service_started', restart: true },
      ],
    })
  })

  it('does not take a plain run of an image built by Compose for a replica', () => {
    const { 'com.docker.compose.config-hash': _, ...inherited } = labels
    expect(readComposeLabels(inherited)).toBeNull()
  })

  it('knows one-off containers', () => {
    expect(readComposeLabels({ ...labels, 'com.docker.compose.oneoff': 'True' })?.isOneOff).toBe(true)
  })

  it('answers null for a container outside any project', () => {
    expect(readComposeLabels({})).toBeNull()
  })
})
