import 'server-only'
import type { Metadata } from 'next'
import { nameInModel } from '#server/engine/model/live-model'
import { mayReachContainer } from './reach.ts'
import { requirePageSession } from './page-session.ts'

/**
 * The title of a page about one thing: its name, then which of its pages (`backend-app logs`). Asks for the session first: titles
 * are made beside the page, and names are not for strangers.
 */
export async function pageTitle(
  noun: 'container' | 'network' | 'image',
  id: string,
  part = '',
): Promise<Metadata> {
  const session = await requirePageSession()
  const mayKnow = session.projects === null || (noun === 'container' && mayReachContainer(session, id))
  const name = (mayKnow ? nameInModel(noun, id) : null) ?? `${noun} ${id.slice(0, 12)}`
  return { title: part === '' ? name : `${name} ${part}` }
}
