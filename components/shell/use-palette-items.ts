import { usePathname } from 'next/navigation'
import { useMemo } from 'react'
import {
  useContainers,
  useImages,
  useNetworks,
  useProject,
  useProjects,
  useVolumes,
} from '#components/live/hooks'
import { useAbilities } from '#components/ui/abilities'
import { type InFront, type PaletteItem, paletteItems, verbItems } from './palette-items.ts'

/** The container or the project whose page is open. */
function useInFront(): InFront {
  const pathname = usePathname()
  const id = /^\/containers\/([0-9a-f]{12,64})/.exec(pathname)?.[1]
  const name = /^\/projects\/([^/]+)/.exec(pathname)?.[1]
  const containers = useContainers()
  const project = useProject(decodeURIComponent(name ?? ''))
  const container = id === undefined ? undefined : containers.find((each) => each.id.startsWith(id))
  return { container: container ?? null, project }
}

/** Everything the palette can offer for what is typed. */
export function usePaletteItems(query: string): PaletteItem[] {
  const { container, project } = useInFront()
  const containers = useContainers()
  const images = useImages()
  const networks = useNetworks()
  const volumes = useVolumes()
  const projects = useProjects()
  const abilities = useAbilities()
  const always = useMemo(
    () =>
      paletteItems({ containers, images, networks, volumes, projects }, { container, project }, abilities),
    [containers, images, networks, volumes, projects, container, project, abilities],
  )
  return useMemo(
    () => [
      ...always,
      ...verbItems(
        containers.filter((each) => each !== container),
        query,
        abilities,
      ),
    ],
    [always, containers, container, query, abilities],
  )
}
