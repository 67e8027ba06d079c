import type { EngineProblem, EngineStatus } from './engine.ts'

/** Why the Engine is away and what to do about it. */
export interface ProblemWords {
  title: string
  hint: string
  /** The command that helps, where there is one. */
  command: readonly string[] | null
}

export function problemWords(problem: EngineProblem): ProblemWords {
  switch (problem) {
    case 'socket_missing':
      return {
        title: 'The Docker Engine is not running, or its socket is not where Composure looks',
        hint: 'Start Docker. If Composure runs in a container, mount /var/run/docker.sock into it.',
        command: ['sudo', 'systemctl', 'start', 'docker'],
      }
    case 'socket_refused':
      return {
        title: 'The Docker Engine has stopped',
        hint: 'Its socket is there, but nobody answers. Start Docker again.',
        command: ['sudo', 'systemctl', 'restart', 'docker'],
      }
    case 'socket_forbidden':
      return {
        title: 'Composure may not use the Docker socket',
        hint: 'Run it as a user of the group that owns the socket. The group is:',
        command: ['stat', '-c', '%g', '/var/run/docker.sock'],
      }
    case 'not_an_engine':
      return {
        title: 'What answers at DOCKER_HOST is not a Docker Engine',
        hint: 'Point DOCKER_HOST at the Engine’s socket, for example unix:///var/run/docker.sock.',
        command: null,
      }
    case 'too_old':
      return {
        title: 'This Docker Engine is too old for Composure',
        hint: 'Update Docker to version 20.10 or newer.',
        command: ['docker', 'version'],
      }
    case 'permission_missing':
      return {
        title: 'The proxy in front of Docker keeps back what Composure cannot do without',
        hint: 'Where that proxy runs, let through PING, EVENTS and CONTAINERS (docs/security.md has the list).',
        command: null,
      }
    case 'not_answering':
      return {
        title: 'The Docker Engine does not answer',
        hint: 'It may be busy, frozen or restarting. Its own log says more:',
        command: ['journalctl', '-u', 'docker', '-n', '50'],
      }
    default:
      return problem satisfies never
  }
}

/** The Engine in a few words, for the foot of the sidebar. */
export function engineWords(engine: EngineStatus): string {
  switch (engine.state) {
    case 'connecting':
      return 'Connecting to the Engine'
    case 'connected':
      return `Engine ${engine.version.replace(/[+~-].*$/, '')}, local`
    case 'away':
      return 'Engine away'
    default:
      return engine satisfies never
  }
}
