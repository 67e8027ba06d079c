import { z } from 'zod'
import { maxPasswordLength, minPasswordLength, userNameForm, userNameProblem } from './people.ts'
import { roles } from './roles.ts'

const userName = z.string().regex(userNameForm, userNameProblem(' ') ?? '')

const password = z
  .string()
  .min(minPasswordLength, `needs at least ${minPasswordLength} characters`)
  .max(maxPasswordLength, `can have at most ${maxPasswordLength} characters`)

const projects = z.array(z.string().min(1).max(255)).max(200).nullable()

/** Body of `POST /api/users`; without a password the answer has a one-time code. */
export const createUserRequest = z.strictObject({
  name: userName,
  role: z.enum(roles),
  projects: projects.default(null),
  password: password.optional(),
})

/** Body of `PUT /api/users/{id}`: what is not there stays. */
export const changeUserRequest = z.strictObject({
  name: userName.optional(),
  role: z.enum(roles).optional(),
  projects: projects.optional(),
  isDisabled: z.boolean().optional(),
})

/** Body of `POST /api/users/{id}/password`: without a password the answer has a one-time code. */
export const resetPasswordRequest = z.strictObject({ password: password.optional() })

/** Body of `PUT /api/account/password`. */
export const changePasswordRequest = z.strictObject({
  current: z.string().min(1).max(maxPasswordLength),
  password,
})

/** Body of `POST /api/session/code`. */
export const codeSignInRequest = z.strictObject({
  userName: z.string().min(1).max(100),
  code: z.string().min(1).max(100),
  password,
})

/** Body of `POST /api/tokens`. */
export const createTokenRequest = z.strictObject({
  name: z.string().trim().min(1, 'needs a name').max(64),
  role: z.enum(roles),
  projects: projects.default(null),
  lifetimeDays: z.number().int().min(1).max(365),
})

export type CreateUserRequest = z.input<typeof createUserRequest>

export type ChangeUserRequest = z.input<typeof changeUserRequest>

export type CreateTokenRequest = z.input<typeof createTokenRequest>
