import 'server-only'
import type { ContainerInspectInfo } from 'dockerode'
import { CodedError } from '#lib/api/errors'
import type {
  ContainerDetail,
  HealthCheck,
  HealthProbe,
  ProcessTable,
} from '#lib/docker/containers/container-detail'
import { maskDocument, maskEnvironment, maskLabels, secretValues } from '#lib/docker/secrets/mask-document'
import { maskCommand, maskKnownValues } from '#lib/docker/secrets/secret-text'
import { callEngine } from '../client/client.ts'
import { inspectContainer, toContainer } from './containers.ts'
import { epochMs } from '../client/times.ts'

const nanosecondsPerMs = 1_000_000

/** Everything the pages of one container show, without secrets. Throws `container_not_found`. */
export async function readContainerDetail(id: string): Promise<ContainerDetail> {
  return toContainerDetail(await inspectContainer(id))
}

// The Engine says these too; the type does not know.
type RawConfig = ContainerInspectInfo['Config'] & { StopSignal?: string; StopTimeout?: number }

export function toContainerDetail(raw: ContainerInspectInfo): ContainerDetail {
  const { HostConfig: host, State: state } = raw
  const config: RawConfig = raw.Config
  const environment = config.Env ?? []
  const labels = config.Labels ?? {}
  const secrets = secretValues(environment, labels)
  const hide = (text: string): string => maskKnownValues(maskCommand(text), secrets)
  return {
    container: toContainer(raw),
    entrypoint: toList(config.Entrypoint).map(hide),
    command: toList(config.Cmd).map(hide),
    user: config.User ?? '',
    workingDir: config.WorkingDir ?? '',
    hostname: config.Hostname ?? '',
    networkMode: host.NetworkMode ?? '',
    logDriver: host.LogConfig?.Type ?? '',
    stopSignal: config.StopSignal ?? 'SIGTERM',
    stopTimeoutSeconds: config.StopTimeout ?? 10,
    isPrivileged: host.Privileged ?? false,
    isReadOnlyRoot: host.ReadonlyRootfs ?? false,
    hasInit: host.Init ?? false,
    limits: {
      memoryBytes: host.Memory ?? 0,
      cpus: (host.NanoCpus ?? 0) / 1e9,
      processes: Math.max(0, host.PidsLimit ?? 0),
    },
    environment: maskEnvironment(environment),
    labels: maskLabels(labels),
    healthCheck: toHealthCheck(config.Healthcheck, hide),
    healthProbes: (state.Health?.Log ?? []).map((probe) => toProbe(probe, hide)),
    failingStreak: state.Health?.FailingStreak ?? 0,
    inspect: maskDocument(raw, secrets),
  }
}

/** The value behind the mask of one variable or label. Throws `not_found` when the container has none of that name. */
export async function revealValue(
  id: string,
  wish: { kind: 'variable' | 'label'; name: string },
): Promise<string> {
  const { Config: config } = await inspectContainer(id)
  const value =
    wish.kind === 'label'
      ? config.Labels?.[wish.name]
      : config.Env?.find((entry) => entry.startsWith(`${wish.name}=`))?.slice(wish.name.length + 1)
  if (value === undefined)
    throw new CodedError('not_found', `This container has no ${wish.kind} ${wish.name}.`, {
      hint: 'It may have been made again since: reload the page.',
    })
  return value
}

/** What runs inside. Throws `not_running`. Source: `GET /containers/{id}/top`. */
export async function listProcesses(id: string): Promise<ProcessTable> {
  const raw = await inspectContainer(id)
  if (!raw.State.Running)
    throw new CodedError('not_running', 'This container is not running, so it has no processes.', {
      hint: 'Start it and look again.',
    })
  const secrets = secretValues(raw.Config.Env ?? [], raw.Config.Labels ?? {})
  const answer: { Titles: string[]; Processes: string[][] | null } = await callEngine(
    (docker) => docker.getContainer(raw.Id).top({ ps_args: '-eo pid,ppid,user,stat,etime,time,rss,args' }),
    { noun: 'container' },
  )
  const hide = (text: string): string => maskKnownValues(maskCommand(text), secrets)
  return { titles: answer.Titles, rows: (answer.Processes ?? []).map((row) => row.map(hide)) }
}

function toList(value: string | string[] | null | undefined): string[] {
  return typeof value === 'string' ? [value] : (value ?? [])
}

interface RawHealthcheck {
  Test?: string[]
  Interval?: number
  Timeout?: number
  StartPeriod?: number
  Retries?: number
}

function toHealthCheck(raw: RawHealthcheck | undefined, hide: (text: string) => string): HealthCheck | null {
  if (!raw?.Test || raw.Test.length === 0 || raw.Test[0] === 'NONE') return null
  const ms = (nanoseconds: number | undefined, fallbackMs: number): number =>
    nanoseconds ? nanoseconds / nanosecondsPerMs : fallbackMs
  return {
    command: raw.Test.slice(1).map(hide),
    intervalMs: ms(raw.Interval, 30_000),
    timeoutMs: ms(raw.Timeout, 30_000),
    startPeriodMs: ms(raw.StartPeriod, 0),
    retries: raw.Retries || 3,
  }
}

function toProbe(
  raw: { Start: string; End: string; ExitCode: number; Output: string },
  hide: (text: string) => string,
): HealthProbe {
  const startedAtMs = epochMs(raw.Start) ?? 0
  return {
    startedAtMs,
    durationMs: Math.max(0, (epochMs(raw.End) ?? startedAtMs) - startedAtMs),
    exitCode: raw.ExitCode,
    output: hide(raw.Output),
  }
}
