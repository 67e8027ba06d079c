import { expect, it } from 'vitest'
import { inspectTemplate } from './inspect-template.ts'

it.each([
  [[], '{{json .}}'],
  [['State', 'Health'], '{{json .State.Health}}'],
  [['Config', 'Labels', 'com.example.team'], '{{json (index .Config.Labels "com.example.team")}}'],
  [['Config', 'Labels', 'say "hi"'], '{{json (index .Config.Labels "say \\"hi\\"")}}'],
  [['Mounts', 0, 'Source'], '{{json (index .Mounts 0).Source}}'],
  [
    ['NetworkSettings', 'Networks', 'shop-net', 'Aliases', 1],
    '{{json (index (index .NetworkSettings.Networks "shop-net").Aliases 1)}}',
  ],
])('inspectTemplate(%j) is %s', (path, template) => {
  expect(inspectTemplate(path)).toBe(template)
})
