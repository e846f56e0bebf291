import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  define: { __VERSION__: '"test"' },
  test: { environment: 'jsdom', environmentOptions: { jsdom: { url: 'http://localhost/' } }, include: ['src/**/*.test.ts'], setupFiles: ['fake-indexeddb/auto', './src/texts/known.ts'] },
})
