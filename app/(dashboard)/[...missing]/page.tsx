import { notFound } from 'next/navigation'
import { requirePageSession } from '#server/auth/page-session'

/** Every address nobody else answers, so that its 404 stands in the frame and only for who is signed in. */
export default async function MissingPage() {
  await requirePageSession()
  notFound()
}
