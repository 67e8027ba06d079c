import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['react-server'] },
  ssr: { resolve: { conditions: ['react-server'] } },
  test: {
    include: ['{lib,server,components,app,bin}/**/*.test.{ts,tsx}'],
    environment: 'node',
    restoreMocks: true,
  },
})
