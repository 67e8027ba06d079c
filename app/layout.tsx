import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import './globals.css'

export const metadata: Metadata = { title: { default: 'Composure', template: '%s · Composure' } }
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfbfa' },
    { media: '(prefers-color-scheme: dark)', color: '#0f0f0e' },
  ],
}
// Every page reads the Engine at request time, and only a dynamic page carries the CSP nonce.
export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The choice is a cookie, so that the first paint already has it; without one the system decides, in CSS.
  const theme = (await cookies()).get('theme')?.value
  const chosen = theme === 'dark' || theme === 'light' ? { 'data-theme': theme } : {}
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      {...chosen}
      suppressHydrationWarning
    >
      <body>{children}</body>
    </html>
  )
}
