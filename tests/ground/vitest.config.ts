import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/ground/**/*.test.ts'],
    // One stack, one name: the tests follow each other, and each builds on the one before.
    fileParallelism: false,
    bail: 1,
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
})
