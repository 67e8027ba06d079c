import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import { maskValue } from '#lib/docker/secrets/secret-text'
import type { VolumeDetail } from '#lib/docker/volumes/volume-detail'
import type { CreateVolumeRequest } from '#lib/docker/volumes/volume-request'
import { callEngine } from '../client/client.ts'
import { callWithWords } from '../client/refusal.ts'

/** What the list does not tell about a volume. Source: `GET /volumes/{name}`. Throws `volume_not_found`. */
export async function inspectVolume(name: string): Promise<VolumeDetail> {
  const raw = await callEngine((docker) => docker.getVolume(name).inspect(), { noun: 'volume' })
  return {
    name: raw.Name,
    labels: (raw.Labels as Record<string, string> | null) ?? {},
    // Options of network drivers carry passwords: `o=addr=...,password=...`.
    options: maskOptions((raw.Options as Record<string, string> | null) ?? {}),
    status: Object.fromEntries(
      Object.entries(raw.Status ?? {}).map(([key, value]) => [
        key,
        maskValue(key, typeof value === 'string' ? value : JSON.stringify(value)).value,
      ]),
    ),
  }
}

/** Creates a volume. Source: `POST /volumes/create`. Throws `name_taken`, `bad_request` (no such driver). */
export async function createVolume(request: Required<CreateVolumeRequest>): Promise<{ name: string }> {
  // The Engine answers 201 for a name that exists and changes nothing.
  if (await exists(request.name))
    throw new CodedError('name_taken', `A volume named ${request.name} exists already.`)
  await requireDriver(request.driver)
  await callEngine((docker) =>
    docker.createVolume({ Name: request.name, Driver: request.driver, Labels: { ...request.labels } }),
  )
  return { name: request.name }
}

/** Removes a volume and all its data. Source: `DELETE /volumes/{name}`. Throws `volume_not_found`, `in_use` (says by whom). */
export async function removeVolume(name: string): Promise<void> {
  await callWithWords(
    'volume',
    (docker) => docker.getVolume(name).remove(),
    (message) => (/in use/.test(message) ? new CodedError('in_use', message) : null),
  ).catch(async (error: unknown) => {
    if (errorCode(error) !== 'in_use') throw error
    const users = await usersOf(name)
    throw new CodedError('in_use', `${name} is used by ${users.join(', ') || 'a container'}.`, {
      hint: 'Remove those containers first: a stopped one still holds its volumes.',
      cause: error,
    })
  })
}

/** Asked to use a driver it does not have, the Engine looks for it for half a minute before it says so. */
async function requireDriver(driver: string): Promise<void> {
  if (driver === 'local') return
  // dockerode types the answer as any.
  const info = (await callEngine((docker) => docker.info())) as { Plugins?: { Volume?: string[] | null } }
  const drivers = info.Plugins?.Volume ?? []
  if (drivers.includes(driver) || drivers.includes(`${driver}:latest`)) return
  throw new CodedError('bad_request', `driver: This Docker has no volume driver named ${driver}.`, {
    hint: `It has ${drivers.join(', ') || 'none'}. Others are installed with docker plugin install.`,
  })
}

async function exists(name: string): Promise<boolean> {
  try {
    await callEngine((docker) => docker.getVolume(name).inspect(), { noun: 'volume' })
    return true
  } catch (error) {
    if (errorCode(error) === 'volume_not_found') return false
    throw error
  }
}

async function usersOf(name: string): Promise<string[]> {
  const rows = await callEngine((docker) =>
    docker.listContainers({ all: true, filters: JSON.stringify({ volume: [name] }) }),
  )
  // The filter also takes destinations, so the name is compared.
  return rows
    .filter((row) => row.Mounts.some((mount) => mount.Name === name))
    .map((row) => row.Names[0]?.replace(/^\//, '') ?? row.Id.slice(0, 12))
}

function maskOptions(options: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key,
      key === 'o'
        ? value.replace(/\b(pass(?:word)?|credentials)=[^,]*/gi, '$1=••••••••')
        : maskValue(key, value).value,
    ]),
  )
}
