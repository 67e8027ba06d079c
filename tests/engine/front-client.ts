import { request } from 'node:http'
import { connect } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Role } from '#server/auth/policy'
import type { ServerProcess } from '../browser/server-process.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

export interface Ask {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
  /** Where the request comes from: any of 127.0.0.0/8. */
  localAddress?: string
}

/** Where a server is. */
export type Place = Pick<ServerProcess, 'port' | 'url'>

/** Sends a request with exactly these headers (and a Host), which fetch would not let us. */
export function ask(server: Place, { method, path, headers, body, localAddress }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: method ?? 'GET',
        agent: false,
        headers: { host: `127.0.0.1:${server.port}`, ...headers },
        ...(localAddress ? { localAddress } : {}),
      },
      (response) => {
        let text = ''
        response.on('data', (bytes: Buffer) => (text += bytes.toString()))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Writes bytes as they are and reads until the server ends the connection. */
export function askRaw(server: ServerProcess, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (part) => (text += part.toString()))
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}

/** What a browser sends with JSON that changes something. */
export function change(server: Place, body: unknown): Pick<Ask, 'method' | 'headers' | 'body'> {
  const text = JSON.stringify(body)
  return {
    method: 'POST',
    headers: {
      origin: server.url,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    },
    body: text,
  }
}

/** The error code of an answer, or '' when it has none. */
export function codeOf(answer: Answer): string {
  if (!String(answer.headers['content-type'] ?? 'application/json').startsWith('application/json')) return ''
  return (JSON.parse(answer.text || '{}') as { error?: { code?: string } }).error?.code ?? ''
}

export interface Person {
  id: number
  name: string
  cookie: string
  secret: string
}

/** Puts a user with this role (and only these projects) and a session of theirs into the server's own database. */
export function addPerson(
  server: ServerProcess,
  role: Role,
  projects: readonly string[] | null = null,
): Person {
  const store = new DatabaseSync(join(server.dataDir, 'composure.db'), { timeout: 5000 })
  const [id, secret] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')]
  const name = `${role}-${id.slice(0, 6)}`
  const { lastInsertRowid } = store
    .prepare("INSERT INTO users (name, role, projects, password_hash, created_at) VALUES (?, ?, ?, '-', 0)")
    .run(name, role, projects && JSON.stringify(projects))
  store
    .prepare(
      'INSERT INTO sessions (hash, user_id, secret_hash, created_at, seen_at, ip) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(hash(id), lastInsertRowid, hash(secret), Date.now(), Date.now(), '127.0.0.1')
  store.close()
  return { id: Number(lastInsertRowid), name, cookie: `composure-${server.port}=${id}`, secret }
}

/** The headers of a request that a page of theirs sends. */
export function headersOf(
  server: ServerProcess,
  person: Pick<Person, 'cookie' | 'secret'>,
): Record<string, string> {
  return { cookie: person.cookie, 'x-composure-secret': person.secret, origin: server.url }
}

/** A JSON request of theirs, and what came back. */
export async function send<Value>(
  server: ServerProcess,
  person: Pick<Person, 'cookie' | 'secret'> | { token: string } | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer & { body: Value }> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const answer = await ask(server, {
    method,
    path,
    headers: {
      ...(person === null
        ? { origin: server.url }
        : 'token' in person
          ? { authorization: `Bearer ${person.token}` }
          : headersOf(server, person)),
      ...(text
        ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
        : {}),
    },
    body: text,
  })
  // What a route answers with is the caller's to say.
  return { ...answer, body: (isJson(answer) ? JSON.parse(answer.text) : null) as Value }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function isJson({ headers, text }: Answer): boolean {
  return text !== '' && String(headers['content-type']).startsWith('application/json')
}
