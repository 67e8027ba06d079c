import { type Abilities, refusalOf } from '#lib/api/abilities'
import { pages } from '#lib/api/paths'
import type { ComposeQuestion } from '#components/compose/compose-dialog-store'
import {
  type Container,
  type ContainerAction,
  containerActions,
  possibleActions,
} from '#lib/docker/containers/container'
import type { ProjectAction } from '#lib/docker/containers/container-request'
import type { EngineSnapshot } from '#lib/docker/engine'
import type { Project } from '#lib/docker/projects/project'

/** One line of the palette: where it goes, or what it does. */
export interface PaletteItem {
  key: string
  group:
    | 'This container'
    | 'This project'
    | 'Actions'
    | 'Pages'
    | 'Projects'
    | 'Containers'
    | 'Networks'
    | 'Volumes'
    | 'Images'
  label: string
  /** Beside the label: what kind of page, which project. */
  detail: string
  href: string | null
  does: PaletteAction | null
}

export type PaletteAction =
  | { on: 'container'; action: ContainerAction | 'rename' | 'remove'; container: Container }
  | { on: 'project'; action: ProjectAction; project: Project }
  | { on: 'compose'; question: ComposeQuestion }

/** What stands in front: its actions are offered without its name being asked for. */
export interface InFront {
  container: Container | null
  project: Project | null
}

type Lists = Pick<EngineSnapshot, 'containers' | 'images' | 'networks' | 'volumes'> & { projects: Project[] }
type Model = { [Name in keyof Lists]: Readonly<Lists[Name]> }

const go = (group: PaletteItem['group'], label: string, detail: string, href: string): PaletteItem => ({
  key: `${group}\u0000${href}\u0000${label}`,
  group,
  label,
  detail,
  href,
  does: null,
})

/** Everything that can be gone to, and what can be done with the container or project in front. */
export function paletteItems(
  model: Model,
  { container, project }: InFront,
  abilities: Abilities | null,
): PaletteItem[] {
  const mayAct = refusalOf(abilities, 'operator') === null
  const mayRun = refusalOf(abilities, 'engine') === null
  const tabs = {
    hasFiles: refusalOf(abilities, 'look') === null,
    hasShell: mayAct && (abilities?.isExecOn ?? true),
  }
  return [
    ...(container && mayAct ? currentItems(container, mayRun) : []),
    ...(project && mayAct ? currentProjectItems(project) : []),
    go('Pages', 'Projects', 'page', pages.home),
    go('Pages', 'Containers', 'page', pages.containers),
    go('Pages', 'Images', 'page', pages.images),
    go('Pages', 'Networks', 'page', pages.networks),
    go('Pages', 'Volumes', 'page', pages.volumes),
    go('Pages', 'Activity', 'every job', pages.activity),
    ...(mayRun ? [go('Pages', 'Run a container', 'docker run', pages.newContainer)] : []),
    ...(refusalOf(abilities, 'whole') === null ? [go('Pages', 'Clean up', 'page', pages.cleanup)] : []),
    go('Pages', 'Your account', 'settings', pages.settings),
    go('Pages', 'API tokens', 'settings', pages.settingsTokens),
    go('Pages', 'Log archive', 'settings', pages.settingsHistory),
    ...(refusalOf(abilities, 'people') === null
      ? [
          go('Pages', 'Users', 'settings', pages.settingsUsers),
          go('Pages', 'Audit', 'settings', pages.settingsAudit),
        ]
      : []),
    ...model.projects.flatMap((each) => projectItems(each)),
    ...model.containers.flatMap((each) => containerItems(each, tabs)),
    ...model.networks.map(({ id, name }) => go('Networks', name, 'network', pages.network(id))),
    ...model.volumes.map(({ name }) => go('Volumes', name, 'volume', pages.volume(name))),
    ...model.images.flatMap(({ id, tags }) => tags.map((tag) => go('Images', tag, 'image', pages.image(id)))),
  ]
}

function projectItems({ name, summary }: Project): PaletteItem[] {
  return [
    go('Projects', name, summary, pages.project(name)),
    go('Projects', `${name} logs`, 'all services', pages.projectLogs(name)),
  ]
}

function containerItems(
  { id, name, compose, state }: Container,
  { hasFiles, hasShell }: { hasFiles: boolean; hasShell: boolean },
): PaletteItem[] {
  const place = compose ? `${compose.project} / ${compose.service}` : 'outside projects'
  return [
    go('Containers', name, place, pages.container(id)),
    go('Containers', `${name} logs`, place, pages.containerTab(id, 'logs')),
    ...(hasFiles ? [go('Containers', `${name} files`, place, pages.containerTab(id, 'files'))] : []),
    ...(hasShell && state === 'running'
      ? [go('Containers', `${name} shell`, place, pages.containerTab(id, 'shell'))]
      : []),
  ]
}

function currentItems(container: Container, mayRun: boolean): PaletteItem[] {
  const { id, name } = container
  if (!mayRun) return currentActions(container)
  return [
    ...currentActions(container),
    go('This container', `Duplicate ${name}`, 'docker run', pages.copyContainer(id, 'duplicate')),
    go('This container', `Recreate ${name} with changes`, 'docker run', pages.copyContainer(id, 'recreate')),
  ]
}

function currentActions(container: Container): PaletteItem[] {
  const actions = [...possibleActions(container.state), 'rename', 'remove'] as const
  return actions.map((action) => containerAction('This container', action, container))
}

/** What a query that begins with a verb could mean: `restart worker`, on any container it is possible for. */
export function verbItems(
  containers: readonly Container[],
  query: string,
  abilities: Abilities | null,
): PaletteItem[] {
  const [verb = '', ...names] = query.trim().toLowerCase().split(/\s+/)
  const action = containerActions.find((each) => each === verb)
  if (!action || names.length === 0 || refusalOf(abilities, 'operator') !== null) return []
  return containers
    .filter(({ state }) => possibleActions(state).includes(action))
    .map((container) => containerAction('Actions', action, container))
}

function containerAction(
  group: PaletteItem['group'],
  action: ContainerAction | 'rename' | 'remove',
  container: Container,
): PaletteItem {
  return {
    key: `${group}\u0000${action}\u0000${container.id}`,
    group,
    label: `${capital(action)} ${container.name}`,
    detail: `docker ${action === 'remove' ? 'rm' : action}`,
    href: null,
    does: { on: 'container', action, container },
  }
}

const composeWords = {
  up: 'Up',
  build: 'Build',
  pull: 'Pull',
  run: 'Run a command in',
  down: 'Down',
} as const

function currentProjectItems(project: Project): PaletteItem[] {
  const item = (verb: string, label: string, does: PaletteAction): PaletteItem => ({
    key: `This project\u0000${verb}`,
    group: 'This project',
    label,
    detail: `docker compose ${verb}`,
    href: null,
    does,
  })
  const kinds = ['up', 'build', 'pull', 'run', 'down'] as const
  return [
    ...(['start', 'restart', 'stop'] as const).map((action) =>
      item(action, `${capital(action)} ${project.name}`, { on: 'project', action, project }),
    ),
    ...kinds.map((kind) =>
      item(kind, `${composeWords[kind]} ${project.name}…`, { on: 'compose', question: { kind } }),
    ),
  ]
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`
