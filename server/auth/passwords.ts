import 'server-only'
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { CodedError } from '#lib/api/errors'
import { processWide } from '#server/process-wide'

// OWASP's setting for argon2id; about 50 ms on a small machine.
const memoryKib = 19_456
const passes = 2
const tagLength = 32
const maxRunning = 2
const maxWaiting = 32

const queue = processWide('password-queue', () => ({ running: 0, waiting: [] as (() => void)[] }))

/** `argon2id$<memory KiB>$<passes>$<salt>$<tag>`, salt and tag in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, memoryKib, passes)
  return ['argon2id', memoryKib, passes, salt.toString('base64url'), tag.toString('base64url')].join('$')
}

const nobody = `argon2id$${memoryKib}$${passes}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** True when `password` made `stored`. For an unknown user pass null: the same work is done, and the answer is false. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, memory, rounds, salt = '', tag = ''] = (stored ?? nobody).split('$')
  const expected = Buffer.from(tag, 'base64url')
  const found = await derive(password, Buffer.from(salt, 'base64url'), Number(memory), Number(rounds))
  return expected.length === found.length && timingSafeEqual(expected, found) && stored !== null
}

/** At most two hashes at once (20 MB and a core each); a flood is refused, not queued without end. */
async function derive(password: string, nonce: Buffer, memory: number, rounds: number): Promise<Buffer> {
  if (queue.running >= maxRunning) {
    if (queue.waiting.length >= maxWaiting)
      throw new CodedError(
        'too_many_attempts',
        'Too many people sign in right now. Try again in a few seconds.',
      )
    await new Promise<void>((resolve) => queue.waiting.push(resolve))
  } else queue.running += 1
  try {
    return await runArgon2(password, nonce, memory, rounds)
  } finally {
    const next = queue.waiting.shift()
    if (next) next()
    else queue.running -= 1
  }
}

function runArgon2(password: string, nonce: Buffer, memory: number, rounds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message: password, nonce, parallelism: 1, tagLength, memory, passes: rounds },
      (error, tag) => (error ? reject(error) : resolve(tag)),
    )
  })
}
