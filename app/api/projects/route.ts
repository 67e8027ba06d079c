import { listProjects } from '#server/engine/project-actions'
import { handle } from '#server/http/handle'

export const GET = handle({ role: 'viewer' }, () => listProjects())
