import { chromium } from 'playwright-core'
import { afterEach, expect, inject, test } from 'vitest'
import { aDevice, handedOut } from './devices'
import { aDisk } from './disk.mjs'
import { confirmed } from './newcomer'
import { LAYOUTS } from './officer'
import { enrol } from './phone.mjs'
import { signIn } from './signin.mjs'
import { aWire } from './wire.mjs'
import { aUsualContainer, administrator, ask, second, unique } from './world'

/** A phone without a steward before the platform's door with TLS: enrolled, used, reported lost. What it is told then is the platform's own word. */
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** This machine as an office in which devices show their certificates; by two persons. */
async function anOfficeHere(): Promise<void> {
  const { items } = await ask<{ items: { network: string }[] }>('/api/v1/network/zones', administrator())
  if (items.some((zone) => zone.network === '127.0.0.0/8')) return
  const { request: asked = '' } = await confirmed('/api/v1/network/zones', { name: unique('here-').toLowerCase(), kind: 'office', network: '127.0.0.0/8', certificate: true, reason: 'for a phone' })
  await confirmed(`/api/v1/requests/${asked}/decide`, { approve: true, reason: 'agreed' }, second())
}

test('a phone that is reported lost is told to forget by the platform itself, and forgets', async () => {
  await anOfficeHere()
  const device = await aDevice({ unit: 'A' })
  await handedOut(device, 'officer')
  const { qr = '' } = await confirmed(`/api/v1/devices/${device.id}/enrolment`, { reason: 'a new one' })
  const shown = await enrol(qr, device.serial)
  if ('refused' in shown) throw new Error(shown.refused)
  const wire = await aWire(shown.origin, shown)
  open.push(wire.cut)
  const officer = await signIn(wire.at, inject('accounts'), 'officer')
  const disk = aDisk()
  open.push(disk.remove)
  const phone = await chromium.launchPersistentContext(disk.folder, { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], viewport: LAYOUTS.phone, hasTouch: true, baseURL: wire.at })
  open.push(() => phone.close().catch(() => undefined))
  await phone.addCookies(officer.cookies.map(([name, value]) => ({ name, value, url: wire.at.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' as const })))
  const page = phone.pages()[0] ?? (await phone.newPage())
  const container = await aUsualContainer()
  await page.goto('/')
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
  await page.goto('/d?k=' + container)
  await page.locator('.age', { hasText: /最新資料|剛確認/ }).waitFor()
  const kept = (): Promise<{ databases: number; caches: number; local: number; workers: number }> =>
    page.evaluate(async () => ({
      databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length, local: localStorage.length,
      workers: (await navigator.serviceWorker.getRegistrations()).filter((one) => one.active).length,
    }))
  expect((await kept()).databases).toBe(2)

  await confirmed(`/api/v1/devices/${device.id}/lost`, { reason: 'stolen' })
  const told = page.waitForResponse((response) => response.status() === 403)
  await page.goto('/d?k=' + container).catch(() => undefined)

  expect(await (await told).headerValue('clear-site-data')).toBe('"*"')
  await page.getByRole('heading', { name: 'This device cannot use the platform now' }).waitFor()
  expect(await page.content()).not.toContain(container)
  await expect.poll(kept).toEqual({ databases: 0, caches: 0, local: 0, workers: 0 })
})
