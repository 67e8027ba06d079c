import 'server-only'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { isAlive } from '#lib/docker/containers/container'
import { callsInFlight } from '#server/engine/client/client'
import { snapshot } from '#server/engine/model/live-model'
import { execSessions } from '#server/exec/sessions'
import { recorder } from '#server/history/history'
import { listJobs } from '#server/jobs/jobs'
import { liveStreamCount } from '#server/live/live-streams'
import { feeds } from '#server/logs/follow/live-feeds'
import { processWide } from '#server/process-wide'

/** How often the event loop is looked at; each time wakes the process. */
const loopPrecisionMs = 100

/** What is counted as it happens; everything else is looked up when somebody asks for the numbers. */
export interface Counted {
  registry: Registry
  requests: Counter<'method' | 'status'>
  requestSeconds: Histogram
}

/** The process's own numbers, in the form Prometheus reads. Names begin with `composure_`; none carries a name of yours. */
export function metrics(): Counted {
  return processWide('metrics', create)
}

/** The numbers as text, in the form Prometheus reads. Node's own begin with the first call: they keep a timer running. */
export async function metricsText(): Promise<string> {
  const { registry } = metrics()
  processWide('node-metrics', () => {
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: loopPrecisionMs })
    return true
  })
  return registry.metrics()
}

function create(): Counted {
  const registry = new Registry()
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `composure_${name}`,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  gauge('engine_connected', '1 while the Docker Engine answers.', () =>
    snapshot().engine.state === 'connected' ? 1 : 0,
  )
  gauge('engine_calls_in_flight', 'Calls to the Engine that wait for an answer.', callsInFlight)
  gauge('containers', 'Containers the Engine has.', () => snapshot().containers.length)
  gauge('containers_running', 'Containers that run.', () => snapshot().containers.filter(isAlive).length)
  gauge('live_streams', 'Browsers with a live stream.', liveStreamCount)
  gauge('log_feeds', 'Log streams open at the Engine; many viewers share one.', () => feeds().counts().feeds)
  gauge('log_viewers', 'Who reads them, the recorder too.', () => feeds().counts().viewers)
  gauge('recorded_containers', 'Containers whose log is being kept.', () => recorder().state.containerCount)
  gauge('recording_paused', '1 while the log store takes nothing: full, or not reachable.', () =>
    recorder().state.state === 'paused' ? 1 : 0,
  )
  gauge('shells', 'Shells that are open.', () => execSessions().openCount)
  gauge('jobs_running', 'Jobs that run now.', () => countJobs('running'))
  gauge('jobs_waiting', 'Jobs that wait for their turn.', () => countJobs('waiting'))
  return {
    registry,
    requests: new Counter({
      name: 'composure_http_requests_total',
      help: 'HTTP requests answered, refusals too.',
      labelNames: ['method', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'composure_http_request_seconds',
      help: 'From the request to the end of its answer; event streams are left out.',
      buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
      registers,
    }),
  }
}

function countJobs(state: 'running' | 'waiting'): number {
  return listJobs({ limit: 200 }).jobs.filter((job) => job.state === state).length
}
