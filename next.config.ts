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
}

export default config
