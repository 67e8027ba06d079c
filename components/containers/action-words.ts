import { CirclePause, CirclePlay, CircleStop, type LucideIcon, Play, RotateCw, Zap } from 'lucide-react'
import type { ContainerAction } from '#lib/docker/containers/container'

interface ActionWords {
  /** On the button. */
  label: string
  /** While the Engine works on it. */
  pending: string
  /** For a failure: "Could not ... backend-app". */
  verb: string
  icon: LucideIcon
}

export const actionWords: Readonly<Record<ContainerAction | 'remove' | 'rename', ActionWords>> = {
  start: { label: 'Start', pending: 'starting', verb: 'start', icon: Play },
  stop: { label: 'Stop', pending: 'stopping', verb: 'stop', icon: CircleStop },
  restart: { label: 'Restart', pending: 'restarting', verb: 'restart', icon: RotateCw },
  pause: { label: 'Pause', pending: 'pausing', verb: 'pause', icon: CirclePause },
  unpause: { label: 'Unpause', pending: 'waking', verb: 'unpause', icon: CirclePlay },
  kill: { label: 'Kill', pending: 'killing', verb: 'kill', icon: Zap },
  remove: { label: 'Remove', pending: 'removing', verb: 'remove', icon: Zap },
  rename: { label: 'Rename', pending: 'renaming', verb: 'rename', icon: Zap },
}
