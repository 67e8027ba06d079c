import type { MenuContent } from './content.tsx'

interface Content {
  MenuContent: typeof MenuContent
}

let loading: Promise<Content> | null = null
let loaded: Content | null = null

/** The insides of menus: they come when a pointer or the focus is near the first one. Not React's `lazy`, which shows late what it waited for. */
export const menuContent = {
  now: (): Content | null => loaded,
  load(): Promise<Content> {
    loading ??= import('./content.tsx').then(
      (content) => {
        loaded = content
        return content
      },
      (cause: unknown) => {
        loading = null
        throw cause
      },
    )
    return loading
  },
}
