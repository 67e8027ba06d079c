import { z } from 'zod'

export const saveRegistryRequest = z.strictObject({
  host: z.string().min(1, 'Write the registry’s host.').max(255),
  userName: z.string().min(1, 'Write the user name.').max(255),
  password: z.string().min(1, 'Write the password or access token.').max(8_192),
})

export type SaveRegistryRequest = z.infer<typeof saveRegistryRequest>
