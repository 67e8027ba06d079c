import { describe, expect, it } from 'vitest'
import { mask } from '../docker/secrets/secret-text.ts'
import { commandLines, readInstruction } from './instruction.ts'

describe('readInstruction', () => {
  it.each([
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD', '["sh"]'],
    ['/bin/sh -c #(nop) WORKDIR /app', 'WORKDIR', '/app'],
    ['/bin/sh -c apt-get update', 'RUN', 'apt-get update'],
    ['RUN /bin/sh -c npm ci --omit=dev # buildkit', 'RUN', 'npm ci --omit=dev'],
    ['RUN /bin/bash -o pipefail -c curl x | sh # buildkit', 'RUN', 'curl x | sh'],
    ['RUN |2 VERSION=1.2 A=b /bin/sh -c make # buildkit', 'RUN', 'VERSION=1.2 A=b make'],
    ['|1 VERSION=1.2 /bin/sh -c make', 'RUN', 'VERSION=1.2 make'],
    ['COPY package.json package-lock.json ./ # buildkit', 'COPY', 'package.json package-lock.json ./'],
    [`/bin/sh -c #(nop) COPY file:${'a1'.repeat(32)} in /app `, 'COPY', 'file:a1a1a1a1a1a1… in /app'],
    ['ENV NODE_ENV=production', 'ENV', 'NODE_ENV=production'],
    ['EXPOSE map[8000/tcp:{} 9000/udp:{}]', 'EXPOSE', '8000/tcp 9000/udp'],
    ['EXPOSE [8000/tcp]', 'EXPOSE', '8000/tcp'],
    [
      `HEALTHCHECK &{["CMD-SHELL" "pg_isready -h 127.0.0.1"] "5s" "3s" "10s" "0s" '\\x05'}`,
      'HEALTHCHECK',
      '--interval=5s --timeout=3s --start-period=10s --retries=5 CMD pg_isready -h 127.0.0.1',
    ],
    [
      `HEALTHCHECK &{["CMD" "node" "x.js"] "0s" "0s" "0s" "0s" '\\n'}`,
      'HEALTHCHECK',
      '--retries=10 CMD ["node","x.js"]',
    ],
    [`HEALTHCHECK &{["NONE"] "0s" "0s" "0s" "0s" '\\x00'}`, 'HEALTHCHECK', 'NONE'],
    ['USER node', 'USER', 'node'],
    ['bazel build ...', '', 'bazel build ...'],
    ['RUNNER up', '', 'RUNNER up'],
    ['', '', ''],
  ])('%s', (createdBy, keyword, text) => {
    expect(readInstruction(createdBy)).toEqual({ keyword, text })
  })

  it.each([
    'ENV POSTGRES_PASSWORD=hunter2',
    '/bin/sh -c #(nop)  ENV POSTGRES_PASSWORD=hunter2 and more hunter2 words',
    '/bin/sh -c #(nop)  ENV POSTGRES_PASSWORD hunter2',
    'ENV A=1 DB_PASSWORD=hunter2 B=2',
    'ARG NPM_TOKEN=hunter2',
    'RUN |1 NPM_TOKEN=hunter2 /bin/sh -c npm ci # buildkit',
    'RUN |2 NPM_TOKEN=one hunter2 B=2 /bin/sh -c npm ci # buildkit',
    'RUN /bin/sh -c TOKEN=hunter2 make # buildkit',
    'RUN /bin/sh -c curl https://bob:hunter2@example.com/x # buildkit',
    'ENV DATABASE_URL=postgres://a:hunter2@db/x',
    'LABEL api_key=hunter2',
    'CMD ["sh" "-c" "TOKEN=hunter2 run"]',
    'something TOKEN=hunter2',
  ])('masks the secret of %s', (createdBy) => {
    const { text } = readInstruction(createdBy)
    expect(text).not.toContain('hunter2')
    expect(text).toContain(mask)
  })

  it('keeps what stands beside a secret', () => {
    expect(readInstruction('ENV A=1 DB_PASSWORD=hunter2 B=2').text).toBe(`A=1 DB_PASSWORD=${mask} B=2`)
  })

  it('survives long hostile input', () => {
    // A pattern that backtracks would run into the test's own time limit here.
    expect(readInstruction(`RUN |9 ${'A=b '.repeat(20_000)}`).keyword).toBe('RUN')
    expect(readInstruction(`HEALTHCHECK &{[${'"a" '.repeat(20_000)}`).keyword).toBe('HEALTHCHECK')
  })
})

describe('commandLines', () => {
  it('breaks between commands, not inside quotes', () => {
    expect(commandLines('apt-get update   && apt-get install -y \\\tcurl || true; echo "a && b; c"')).toEqual(
      ['apt-get update', '&& apt-get install -y \\ curl', '|| true;', 'echo "a && b; c"'],
    )
  })
  it('leaves an open quote whole', () => {
    expect(commandLines("echo 'open && x")).toEqual(["echo 'open && x"])
  })
})
