import { z } from 'zod'
import { networkDrivers } from './network-drivers.ts'
import { networkAliasProblem, networkNameProblem, parentInterfaceProblem } from './network-name.ts'
import { parseAddress, subnetProblem } from './network-subnet.ts'
import { checked } from '../request-field.ts'

/** Body of `POST /api/networks`. Taken names and overlaps are the Engine's to judge: the list may have changed. */
export const createNetworkRequest = z.strictObject({
  name: checked((name) => networkNameProblem(name, [])),
  driver: z.enum(networkDrivers).default('bridge'),
  /** Empty: the Engine picks one. */
  subnet: checked((subnet) => subnetProblem(subnet, [])).default(''),
  isInternal: z.boolean().default(false),
  /** Interface of the machine, for ipvlan and macvlan. */
  parent: checked(parentInterfaceProblem).default(''),
})
export type CreateNetworkRequest = z.input<typeof createNetworkRequest>

/** Body of `POST /api/networks/{id}/members`. */
export const connectRequest = z.strictObject({
  containerId: z.string().regex(/^[a-f0-9]{12,64}$/, 'is not a container id'),
  aliases: z.array(checked(networkAliasProblem)).max(32, 'has more than 32 names').default([]),
  /** Empty: the Engine picks one. */
  ipAddress: checked((text) =>
    text === '' || parseAddress(text)?.family === 4 ? null : 'is not an IPv4 address',
  ).default(''),
})
export type ConnectRequest = z.input<typeof connectRequest>
