/** What Compose writes on a container; source: docker/compose `pkg/api/labels.go`. */
export interface ComposeLabels {
  project: string
  service: string
  /** 1..n; 0 when the label is missing (one-off containers of newer versions). */
  number: number
  isOneOff: boolean
  /** Host path of the project folder, as the caller of Compose saw it; may be unreadable from here. */
  workingDir: string
  configFiles: string[]
  /** Of `--env-file`; empty when Compose read the folder's own `.env`. */
  environmentFiles: string[]
  /** The version of Compose that made it, e.g. `2.40.3`. */
  version: string
  configHash: string
  dependsOn: ServiceDependency[]
}

export interface ServiceDependency {
  service: string
  condition: 'service_started' | 'service_healthy' | 'service_completed_successfully' | 'running_or_healthy'
  restart: boolean
}

const prefix = 'com.docker.compose.'

/**
 * Reads Compose's labels. Null unless both the project and the config hash are there: an image built by Compose
 * carries the project label too, and a plain `docker run` of it is not part of the project.
 */
export function readComposeLabels(labels: Readonly<Record<string, string>>): ComposeLabels | null {
  const get = (name: string): string => labels[prefix + name] ?? ''
  const project = get('project')
  const service = get('service')
  const isHook = get('hook') !== ''
  if (!project || !service || (!get('config-hash') && !isHook)) return null
  return {
    project,
    service,
    number: Number.parseInt(get('container-number'), 10) || 0,
    isOneOff: get('oneoff').toLowerCase() === 'true' || isHook,
    workingDir: get('project.working_dir'),
    configFiles: get('project.config_files').split(',').filter(Boolean),
    environmentFiles: get('project.environment_file').split(',').filter(Boolean),
    version: get('version'),
    configHash: get('config-hash'),
    dependsOn: get('depends_on').split(',').filter(Boolean).map(readDependency),
  }
}

function readDependency(text: string): ServiceDependency {
  const [service = '', condition = '', restart = 'true'] = text.split(':')
  return { service, condition: readCondition(condition), restart: restart === 'true' }
}

function readCondition(text: string): ServiceDependency['condition'] {
  switch (text) {
    case 'service_healthy':
    case 'service_completed_successfully':
    case 'running_or_healthy':
      return text
    default:
      return 'service_started'
  }
}
