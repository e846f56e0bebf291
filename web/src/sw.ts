/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { keep } from './base/keeping'

/** Keeps the shell, so that it opens without a network, and in its memory what pages entrust to it. */
declare const self: ServiceWorkerGlobalScope

void self.skipWaiting()
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
cleanupOutdatedCaches()
// The first page is one page for all addresses; answering "/" by the same rule keeps it from depending on Vary.
precacheAndRoute(self.__WB_MANIFEST, { directoryIndex: '' })
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/health\//, /^\/metrics/] }))
// A megabyte that most devices never need: kept once it has been used.
registerRoute(/\/assets\/.*\.wasm$/, new CacheFirst({ cacheName: 'tongguan-wasm' }))

const hear = keep()
// Only pages of our own origin can reach a service worker; it looks all the same.
self.onmessage = (event) => {
  if (event.origin !== self.location.origin) return
  const stay = hear(event.data, event.ports[0])
  if (stay) event.waitUntil(stay)
}
