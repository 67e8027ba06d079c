'use client'

import { useEngineStatus } from '#components/live/hooks'
import { State, type Tone } from '#components/ui/state'
import { engineWords } from '#lib/docker/engine-words'

/** How the Engine is, always in sight. */
export function EngineFoot() {
  const engine = useEngineStatus()
  const tone: Tone = engine.state === 'connected' ? 'good' : engine.state === 'away' ? 'bad' : 'warn'
  const detail =
    engine.state === 'connected' ? `${engine.name}, API ${engine.apiVersion}, ${engine.cpus} CPUs` : undefined
  return (
    <span className="min-w-0 flex-1 text-xs" title={detail} role="status">
      <State tone={tone} className={engine.state === 'connected' ? 'text-faint' : ''}>
        {engineWords(engine)}
      </State>
    </span>
  )
}
