import { type Abilities, refusalOf } from '#lib/api/abilities'
import { pages } from '#lib/api/paths'
import { type Container, type ContainerAction, possibleActions } from '#lib/docker/container'
import type { EngineSnapshot } from '#lib/docker/engine'
import type { Project } from '#lib/docker/project'

/** One line of the palette: where it goes, or what it does. */
export interface PaletteItem {
  key: string
  group: 'This container' | 'Pages' | 'Projects' | 'Containers' | 'Networks' | 'Volumes' | 'Images'
  label: string
  /** Beside the label: what kind of page, which project. */
  detail: string
  href: string | null
  action: ContainerAction | 'rename' | 'remove' | null
}

type Lists = Pick<EngineSnapshot, 'containers' | 'images' | 'networks' | 'volumes'> & { projects: Project[] }
type Model = { [Name in keyof Lists]: Readonly<Lists[Name]> }

const go = (group: PaletteItem['group'], label: string, detail: string, href: string): PaletteItem => ({
  key: `${group}\u0000${href}\u0000${label}`,
  group,
  label,
  detail,
  href,
  action: null,
})

/** Everything that can be gone to, and what can be done with the container in front. */
export function paletteItems(
  model: Model,
  current: Container | null,
  abilities: Abilities | null,
): PaletteItem[] {
  const mayAct = refusalOf(abilities, 'operator') === null
  return [
    ...(current && mayAct ? currentItems(current) : []),
    go('Pages', 'Projects', 'page', pages.home),
    go('Pages', 'Containers', 'page', pages.containers),
    go('Pages', 'Images', 'page', pages.images),
    go('Pages', 'Networks', 'page', pages.networks),
    go('Pages', 'Volumes', 'page', pages.volumes),
    go('Pages', 'Activity', 'every job', pages.activity),
    go('Pages', 'Run a container', 'docker run', pages.newContainer),
    go('Pages', 'Clean up', 'page', pages.cleanup),
    go('Pages', 'Your account', 'settings', pages.settings),
    go('Pages', 'API tokens', 'settings', pages.settingsTokens),
    go('Pages', 'Log archive', 'settings', pages.settingsHistory),
    ...(refusalOf(abilities, 'people') === null
      ? [
          go('Pages', 'Users', 'settings', pages.settingsUsers),
          go('Pages', 'Audit', 'settings', pages.settingsAudit),
        ]
      : []),
    ...model.projects.flatMap((project) => projectItems(project)),
    ...model.containers.flatMap((container) => containerItems(container)),
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

function containerItems({ id, name, compose, state }: Container): PaletteItem[] {
  const place = compose ? `${compose.project} / ${compose.service}` : 'outside projects'
  return [
    go('Containers', name, place, pages.container(id)),
    go('Containers', `${name} logs`, place, pages.containerTab(id, 'logs')),
    go('Containers', `${name} files`, place, pages.containerTab(id, 'files')),
    ...(state === 'running'
      ? [go('Containers', `${name} shell`, place, pages.containerTab(id, 'shell'))]
      : []),
  ]
}

function currentItems(container: Container): PaletteItem[] {
  const { id, name } = container
  return [
    ...currentActions(container),
    go('This container', `Duplicate ${name}`, 'docker run', pages.copyContainer(id, 'duplicate')),
    go('This container', `Recreate ${name} with changes`, 'docker run', pages.copyContainer(id, 'recreate')),
  ]
}

function currentActions(container: Container): PaletteItem[] {
  const actions = [...possibleActions(container.state), 'rename', 'remove'] as const
  return actions.map((action) => ({
    key: `action\u0000${action}`,
    group: 'This container',
    label: `${action[0]?.toUpperCase()}${action.slice(1)} ${container.name}`,
    detail: `docker ${action === 'remove' ? 'rm' : action}`,
    href: null,
    action,
  }))
}
