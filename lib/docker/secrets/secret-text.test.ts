import { describe, expect, it } from 'vitest'
import { isSecretName, mask, maskCommand, maskKnownValues, maskValue } from './secret-text.ts'

describe('secret names', () => {
  it.each([
    'POSTGRES_PASSWORD',
    'PGPASSWORD',
    'DB_PASS',
    'MYSQL_PWD',
    'API_KEY',
    'APIKEY',
    'SECRET_KEY_BASE',
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'npm_config_authtoken',
    'SENTRY_DSN',
    'PRIVATE_KEY',
  ])('%s is one', (name) => expect(isSecretName(name)).toBe(true))

  it.each([
    'PATH',
    'GPG_KEY',
    'POSTGRES_PASSWORD_FILE',
    'PUBLIC_KEY',
    'KEYCLOAK_VERSION',
    'AUTHOR',
    'PASSIVE_MODE',
    'PASSENGER_APP_ENV',
    'TOKEN_TTL',
    'NODE_ENV',
  ])('%s is not', (name) => expect(isSecretName(name)).toBe(false))

  it('hides the whole value, or the password inside a URL', () => {
    expect(maskValue('DB_PASSWORD', 'hunter2')).toEqual({ value: mask, isMasked: true })
    expect(maskValue('DATABASE_URL', 'postgresql://postgres:hunter2@db:5432/x')).toEqual({
      value: `postgresql://postgres:${mask}@db:5432/x`,
      isMasked: true,
    })
    expect(maskValue('PATH', '/bin')).toEqual({ value: '/bin', isMasked: false })
    expect(maskValue('DB_PASSWORD', '')).toEqual({ value: '', isMasked: false })
  })

  it.each([
    ['export TOKEN=abc123 && make', 'abc123'],
    ['NPM_TOKEN="a b c" npm ci', 'a b c'],
    ["PASSWORD='it; is' run", 'it; is'],
    ['curl -H "Authorization: Bearer eyJhbGciOi"', 'eyJhbGciOi'],
    ['mysql --password=hunter2 -e x', 'hunter2'],
    ['git clone https://bob:ghp_abcdef@github.com/a/b', 'ghp_abcdef'],
  ])('masks inside %s', (text, secret) => {
    expect(maskCommand(text)).not.toContain(secret)
    expect(maskCommand(text)).toContain(mask)
  })

  it('leaves what is not a secret alone', () => {
    for (const text of ['PASSWORD=$PASSWORD make', 'VERSION=1.2 make', 'pip install --no-cache-dir flask==3'])
      expect(maskCommand(text)).toBe(text)
  })

  it('masks known values wherever they stand', () => {
    expect(maskKnownValues('echo s3cret; echo s3cret-long', ['s3cret', 's3cret-long', 'x'])).toBe(
      `echo ${mask}; echo ${mask}`,
    )
  })
})
