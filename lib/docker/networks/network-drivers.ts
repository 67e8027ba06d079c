/** Drivers a person can choose; `overlay` needs a swarm. */
export const networkDrivers = ['bridge', 'ipvlan', 'macvlan'] as const
export type NetworkDriver = (typeof networkDrivers)[number]
