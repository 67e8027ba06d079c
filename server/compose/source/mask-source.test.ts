import { describe, expect, it } from 'vitest'
import { maskCompose, maskEnvFile } from './mask-source.ts'

const file = `# my stack
services:
  app:
    image: busybox # pinned later
    environment:
      POSTGRES_PASSWORD: hunter2-map
      API_TOKEN: "hunter2-quoted"
      REF_PASSWORD: \${DB_PASSWORD:?need it}
      DEFAULT_PASSWORD: \${X:-hunter2-default}
      DATABASE_URL: postgres://bob:hunter2-url@db:5432/x
      LOG_LEVEL: info
    command: ["serve", "--password=hunter2-flag"]
  db:
    environment:
      - POSTGRES_PASSWORD=hunter2-list
      - TZ=UTC
    secrets: [ca]
  flow: { environment: { SECRET_KEY: hunter2-flow, PORT: 80 } }
`

describe('a compose file', () => {
  const masked = maskCompose(file)

  it('loses every secret and nothing else', () => {
    expect(masked.text).not.toContain('hunter2')
    expect(masked.isMasked).toBe(true)
    expect(masked.text.split('\n')).toHaveLength(file.split('\n').length)
    for (const kept of [
      '# my stack',
      '# pinned later',
      '${DB_PASSWORD:?need it}',
      'LOG_LEVEL: info',
      'TZ=UTC',
    ])
      expect(masked.text).toContain(kept)
    expect(masked.text).toContain('secrets: [ca]')
    expect(masked.text).toContain('postgres://bob:••••••••@db:5432/x')
    expect(masked.text).toContain('API_TOKEN: "••••••••"')
  })

  it('says to the server what was hidden', () => {
    expect(masked.secrets.sort()).toEqual(
      expect.arrayContaining([
        'hunter2-flow',
        'hunter2-list',
        'hunter2-map',
        'hunter2-quoted',
        'hunter2-url',
      ]),
    )
  })

  it('is the same text where there is nothing to hide', () => {
    const plain = 'services:\n  a: {image: x}\n'
    expect(maskCompose(plain)).toEqual({ text: plain, isMasked: false, secrets: [] })
  })

  it('is hidden line by line while it is no YAML', () => {
    const broken = 'services:\n  a:\n   PASSWORD: hunter2\n  bad: [\n'
    expect(maskCompose(broken).text).not.toContain('hunter2')
  })
})

it('an env file keeps names, comments and order', () => {
  const masked = maskEnvFile('# c\nexport DB_PASSWORD="hunter2" # x\nPORT=80\nURL=http://a:hunter2@b\n')
  expect(masked.text).toBe('# c\nexport DB_PASSWORD=••••••••\nPORT=80\nURL=http://a:••••••••@b\n')
  expect(masked.secrets).toEqual(['hunter2', 'hunter2'])
})
