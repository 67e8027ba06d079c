import 'server-only'
import type { IncomingMessage } from 'node:http'
import type { ErrorBody } from '#lib/api/errors'

/** True for somebody who opens an address in a browser: they get words and not JSON. */
export function isNavigation({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    (headers['sec-fetch-dest'] ?? 'document') === 'document' &&
    /\btext\/html\b/.test(headers.accept ?? '')
  )
}

/** A refusal as a page of its own: nothing of Composure is loaded for who was not let in. */
export function refusalPage({ error }: ErrorBody): string {
  const hint = error.hint ? `<p>${escapeHtml(error.hint)}</p>` : ''
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Composure</title><style>
:root{color-scheme:light dark}body{font:14px/22px ui-sans-serif,system-ui,sans-serif;max-width:60ch;margin:18vh auto;padding:0 16px}
h1{font-size:18px;line-height:24px}p{opacity:.75}</style>
<h1>${escapeHtml(error.message)}</h1>${hint}</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
