import { expect, test } from 'vitest'
import { auditCsvHead, auditCsvLine, type AuditEntry } from './audit.ts'

const entry: AuditEntry = {
  id: 1,
  atMs: 0,
  user: 'ann',
  role: 'admin',
  token: '',
  ip: '::1',
  action: 'container.stop',
  targetId: 'f00',
  targetName: 'web',
  params: {},
  result: 'ok',
  error: null,
  durationMs: 12,
}

test('an entry is one line with as many cells as the head', () => {
  expect(auditCsvLine(entry)).toBe(
    '1970-01-01T00:00:00.000Z,ann,admin,,::1,container.stop,web,f00,ok,,12,{}\r\n',
  )
  expect(auditCsvHead.split(',')).toHaveLength(12)
})

test.each([
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
  ['+1', `"'+1"`],
  ['@x', `"'@x"`],
  ['a\r\nb,c', '"a\r\nb,c"'],
])('the name %j is given as text', (name, expected) => {
  expect(auditCsvLine({ ...entry, targetName: name })).toContain(`,${expected},`)
})
