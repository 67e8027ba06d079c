import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { isNavigation, refusalPage } from './refusal-page.ts'

test('a refusal is a page with its words as text, whatever they hold', () => {
  const page = refusalPage({
    error: { code: 'host_refused', message: `not "<script>alert('x')</script>"`, hint: 'a & b' },
  })
  expect(page).toContain('not &quot;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;')
  expect(page).toContain('<p>a &amp; b</p>')
})

test('only who opens an address in a browser gets a page', () => {
  const asks = (method: string, headers: IncomingMessage['headers']) =>
    isNavigation({ method, headers } as IncomingMessage)
  expect(asks('GET', { accept: 'text/html,*/*', 'sec-fetch-dest': 'document' })).toBe(true)
  expect(asks('GET', { accept: 'text/html,*/*', 'sec-fetch-dest': 'empty' })).toBe(false)
  expect(asks('GET', { accept: 'application/json' })).toBe(false)
  expect(asks('POST', { accept: 'text/html' })).toBe(false)
})
