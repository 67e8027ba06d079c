import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const app = join(import.meta.dirname, '../../app')
const pages = globSync('**/{page,template,default}.tsx', { cwd: app }).filter(
  (file) => !file.startsWith('(door)'),
)

test('there are pages to look at', () => expect(pages).not.toEqual([]))

test.each(pages)('%s asks for a session before anything else', (file) => {
  const body = /export default (?:async )?function[^{]*\([^]*?\)[^{]*\{\s*([^\n]*)/.exec(
    readFileSync(join(app, file), 'utf8'),
  )
  expect(body?.[1]).toMatch(/await requirePageSession\(\)/)
})
