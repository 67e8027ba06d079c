import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  distDir: process.env.COMPOSURE_DIST_DIR ?? '.next',
  serverExternalPackages: ['dockerode', 'ws'],
  images: { unoptimized: true },
  poweredByHeader: false,
  // Event streams are compressed where they are made; everything else is small or already cached.
  compress: false,
  reactStrictMode: true,
  devIndicators: false,
  // All routes at once would hold up the start by a third: server/http/warm-up.ts loads what comes first, the others come when asked for.
  experimental: { preloadEntriesOnStart: false },
}

export default config
