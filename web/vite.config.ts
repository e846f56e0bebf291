import { svelte } from '@sveltejs/vite-plugin-svelte'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vite'

// The platform serves what lies in dist; the service worker keeps the shell, so that it opens without a network.
export default defineConfig({
  plugins: [
    svelte(),
    VitePWA({
      injectRegister: false,
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      manifest: {
        name: '通關 Tongguan',
        short_name: '通關',
        lang: 'zh-TW',
        description: '行動通關：一個號碼，完整通關資料。Mobile customs clearance: one number, the whole picture.',
        start_url: '/',
        display: 'standalone',
        background_color: '#eef2f1',
        theme_color: '#0b3b40',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      injectManifest: { rollupFormat: 'iife', globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'] },
    }),
  ],
  define: { __VERSION__: JSON.stringify('0.1.0') },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
  },
})
