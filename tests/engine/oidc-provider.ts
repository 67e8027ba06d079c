import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What one sign-in at the provider is to answer with; each field is a way to be wrong. */
export interface Wrong {
  nonce?: string
  audience?: string
  issuer?: string
  expiresInSeconds?: number
  algorithm?: 'none'
  key?: 'stranger'
}

export interface Provider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who signs in next, and how the answer is wrong. */
  next: { claims: Record<string, unknown>; wrong: Wrong }
  /** What the authorization endpoint was asked with. */
  asked: URLSearchParams[]
  stop: () => Promise<void>
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A small OpenID provider: discovery, keys, authorization code with PKCE, tokens signed with RS256. */
export async function startProvider(): Promise<Provider> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { query: URLSearchParams; claims: Record<string, unknown>; wrong: Wrong }>()
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const provider: Provider = {
    issuer,
    clientId: 'composure',
    clientSecret: randomBytes(16).toString('hex'),
    next: { claims: {}, wrong: {} },
    asked: [],
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (url.pathname === '/.well-known/openid-configuration')
      json(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      })
    else if (url.pathname === '/keys')
      json(200, {
        keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
      })
    else if (url.pathname === '/authorize') {
      provider.asked.push(url.searchParams)
      const code = randomBytes(16).toString('hex')
      codes.set(code, { query: url.searchParams, ...provider.next })
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      response.writeHead(302, { location: back.href }).end()
    } else if (url.pathname === '/token') json(...token(new URLSearchParams(await read(request))))
    else json(404, {})
  }

  function token(form: URLSearchParams): [number, unknown] {
    const grant = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isGood =
      grant !== undefined &&
      form.get('client_id') === provider.clientId &&
      form.get('client_secret') === provider.clientSecret &&
      form.get('redirect_uri') === grant.query.get('redirect_uri') &&
      grant.query.get('code_challenge_method') === 'S256' &&
      challenge === grant.query.get('code_challenge')
    if (!isGood) return [400, { error: 'invalid_grant' }]
    const now = Math.floor(Date.now() / 1000)
    const { claims, wrong, query } = grant
    const payload = {
      iss: wrong.issuer ?? issuer,
      aud: wrong.audience ?? provider.clientId,
      iat: now,
      exp: now + (wrong.expiresInSeconds ?? 300),
      nonce: wrong.nonce ?? query.get('nonce'),
      ...claims,
    }
    const key = wrong.key === 'stranger' ? stranger.privateKey : own.privateKey
    return [
      200,
      {
        access_token: 'access',
        token_type: 'bearer',
        id_token: jwt(payload, wrong.algorithm === 'none' ? null : key),
      },
    ]
  }
  return provider
}

function jwt(payload: unknown, key: KeyObject | null): string {
  const head = base64url(key === null ? { alg: 'none' } : { alg: 'RS256', kid: 'one', typ: 'JWT' })
  const text = `${head}.${base64url(payload)}`
  return `${text}.${key === null ? '' : sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}
