import 'server-only'
import type { ImageInspectInfo } from 'dockerode'
import type { ImageConfig, ImageDetail, ImageLayer } from '#lib/docker/images/image-detail'
import { isSecretName, maskCommand, maskKnownValues, maskValue } from '#lib/docker/secrets/secret-text'
import { readHealthcheck, readInstruction } from '#lib/images/instruction'
import { callEngine } from '../client/client.ts'
import { epochMs } from '../client/times.ts'

/** A row of `GET /images/{id}/history`, newest first; dockerode types it as any. */
interface RawLayer {
  CreatedBy: string
  Size: number
  Created: number
  Tags: string[] | null
}

/**
 * An image with its configuration and layers, oldest layer first; secrets in ENV, ARG, RUN and labels are masked here.
 * Sources: `GET /images/{id}/json`, `GET /images/{id}/history`. Throws `image_not_found`.
 */
export async function inspectImage(id: string): Promise<ImageDetail> {
  const [raw, history] = await Promise.all([
    callEngine((docker) => docker.getImage(id).inspect(), { noun: 'image' }),
    callEngine((docker) => docker.getImage(id).history() as Promise<RawLayer[]>, { noun: 'image' }),
  ])
  return {
    id: raw.Id,
    tags: [...(raw.RepoTags ?? [])].sort(),
    digests: [...(raw.RepoDigests ?? [])].sort(),
    sizeBytes: raw.Size,
    createdAtMs: epochMs(raw.Created) ?? 0,
    platform: [raw.Os, raw.Architecture, raw.Variant].filter(Boolean).join('/'),
    author: raw.Author ?? '',
    comment: raw.Comment ?? '',
    config: toConfig(raw),
    layers: toLayers(history, secretValues(raw)),
  }
}

function toConfig(raw: ImageInspectInfo): ImageConfig {
  // Newer Engines leave out what is empty; the type says it is always there.
  const config: Partial<ImageInspectInfo['Config']> & { StopSignal?: string } = raw.Config ?? {}
  const check = config.Healthcheck
  const secrets = secretValues(raw)
  const hide = (word: string): string => maskKnownValues(maskCommand(word), secrets)
  return {
    entrypoint: [config.Entrypoint ?? []].flat().map(hide),
    command: (config.Cmd ?? []).map(hide),
    environment: (config.Env ?? []).map((entry) => {
      const equals = entry.indexOf('=')
      const name = equals < 0 ? entry : entry.slice(0, equals)
      return { name, ...maskValue(name, equals < 0 ? '' : entry.slice(equals + 1)) }
    }),
    ports: Object.keys(config.ExposedPorts ?? {}),
    user: config.User ?? '',
    workingDir: config.WorkingDir ?? '',
    volumes: Object.keys(config.Volumes ?? {}),
    healthcheck: check?.Test?.length
      ? hide(
          readHealthcheck({
            test: check.Test,
            intervalNs: check.Interval ?? 0,
            timeoutNs: check.Timeout ?? 0,
            startPeriodNs: check.StartPeriod ?? 0,
            retries: check.Retries ?? 0,
          }),
        )
      : '',
    stopSignal: config.StopSignal ?? '',
    labels: Object.fromEntries(
      Object.entries(config.Labels ?? {}).map(([key, value]) => [key, maskValue(key, value).value]),
    ),
  }
}

function toLayers(history: readonly RawLayer[], secrets: readonly string[]): ImageLayer[] {
  let cumulativeBytes = 0
  return history.toReversed().map((raw) => {
    cumulativeBytes += raw.Size
    const { keyword, text } = readInstruction(raw.CreatedBy)
    return {
      keyword,
      text: maskKnownValues(text, secrets),
      sizeBytes: raw.Size,
      cumulativeBytes,
      createdAtMs: raw.Created * 1000,
      tags: raw.Tags ?? [],
    }
  })
}

/** Values that must not stand anywhere in the answer, whichever instruction repeats them. */
function secretValues(raw: ImageInspectInfo): string[] {
  return (raw.Config?.Env ?? []).flatMap((entry) => {
    const equals = entry.indexOf('=')
    return equals > 0 && isSecretName(entry.slice(0, equals)) ? [entry.slice(equals + 1)] : []
  })
}
