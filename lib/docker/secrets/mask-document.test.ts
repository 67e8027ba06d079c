import { expect, it } from 'vitest'
import { maskDocument, maskEnvironment, secretValues } from './mask-document.ts'
import { mask } from './secret-text.ts'

const environment = [
  'POSTGRES_PASSWORD=CANARY_9f3',
  'DATABASE_URL=postgresql://postgres:CANARY_url@db:5432/backend_db',
  'PATH=/usr/bin',
  'EMPTY',
]
const labels = { 'com.example.api-token': 'CANARY_label', team: 'shop' }

it('masks whole secrets and only the password of a URL, and keeps the rest readable', () => {
  expect(maskEnvironment(environment)).toEqual([
    { name: 'POSTGRES_PASSWORD', value: mask, isMasked: true },
    { name: 'DATABASE_URL', value: `postgresql://postgres:${mask}@db:5432/backend_db`, isMasked: true },
    { name: 'PATH', value: '/usr/bin', isMasked: false },
    { name: 'EMPTY', value: '', isMasked: false },
  ])
})

it('leaves no secret anywhere in a document', () => {
  const document = {
    Args: ['--password=CANARY_arg', 'serve'],
    Config: { Env: environment, Labels: labels, Cmd: ['sh', '-c', 'echo CANARY_9f3'] },
    State: { Health: { Log: [{ Output: 'auth failed with CANARY_url' }] }, ExitCode: 1, Running: false },
    CANARY_label: 1,
  }
  const text = JSON.stringify(maskDocument(document, secretValues(environment, labels)))
  expect(text).not.toContain('CANARY')
  expect(text).toContain('"ExitCode":1')
  expect(text).toContain('/usr/bin')
})
