import { defineConfig } from 'vitest/config'

// One Chromium, one file after the other: the officers share two cores with the platform that they ask.
export default defineConfig({
  test: {
    include: ['e2e/**/*.spec.ts'],
    globalSetup: 'e2e/platform.mjs',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
