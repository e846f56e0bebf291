import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { aDisk, bytesOf, forms } from './disk.mjs'
import { LAYOUTS, settled } from './officer'
import { aWire } from './wire.mjs'
import { aUsualContainer, ask, dossier, officer, url } from './world'

/** What a phone keeps, and what is left of it when it is switched off, cut off or wiped: docs/decisions/014. */
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

function disk(): ReturnType<typeof aDisk> {
  const made = aDisk()
  open.push(made.remove)
  return made
}

async function aPhone(folder: string, at = url()): Promise<BrowserContext> {
  const phone = await chromium.launchPersistentContext(folder, {
    executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    viewport: LAYOUTS.phone, hasTouch: true, baseURL: at,
  })
  open.push(() => phone.close().catch(() => undefined))
  phone.setDefaultTimeout(15_000)
  await phone.addCookies(officer().cookies.map(([name, value]) => ({ name, value, url: at.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' as const })))
  return phone
}

/** Opens a dossier, so that the phone keeps it. */
async function lookedUp(phone: BrowserContext, container: string): Promise<Page> {
  const page = phone.pages()[0] ?? (await phone.newPage())
  await page.goto('/')
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
  await page.goto('/d?k=' + container)
  await page.locator('.age', { hasText: /最新資料|剛確認/ }).waitFor()
  await page.waitForFunction(() => !!navigator.serviceWorker.controller)
  return page
}

const databases = (page: Page): Promise<string[]> => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort())

test('a dossier opens without a network in a page that is closed and opened anew', async () => {
  const container = await aUsualContainer()
  const phone = await aPhone(disk().folder)
  const page = await lookedUp(phone, container)
  await phone.setOffline(true)
  const fresh = await phone.newPage()
  await page.close()

  await fresh.goto('/d?k=' + container)
  await settled(fresh)

  await fresh.locator('.note.wait', { hasText: '沒有網路' }).waitFor()
  expect((await fresh.locator('main h1').first().innerText()).replaceAll(' ', '')).toBe(container)
})

test('P3: a phone that was switched off holds neither the officer’s share nor anything that opens without it', async () => {
  const container = await aUsualContainer()
  const { offlineKey } = await ask<{ offlineKey: string }>('/api/v1/me')
  const [bill] = (await dossier(container)).bills ?? []
  const { folder, holds } = disk()
  const phone = await aPhone(folder)
  const page = await lookedUp(phone, container)
  expect(await databases(page)).toEqual(['tongguan', 'tongguan-key'])
  await phone.close()

  expect(offlineKey.length).toBeGreaterThan(40)
  for (const form of [...forms(offlineKey), bytesOf(offlineKey)]) expect(holds(form)).toBe(false)
  // Looking at the disk finds what is there: the sealed dossiers and this device's half do lie on it.
  expect(forms('sealed').some(holds)).toBe(true)
  for (const form of forms(bill?.key ?? 'no bill')) expect(holds(form)).toBe(false)

  const again = await aPhone(folder)
  await again.setOffline(true)
  const cold = again.pages()[0] ?? (await again.newPage())
  await cold.goto('/d?k=' + container)
  await cold.getByText('沒有網路時無法解鎖').waitFor()
  expect(await cold.locator('nav').count()).toBe(0)

  await again.setOffline(false)
  await lookedUp(again, container)
  await again.setOffline(true)
  await cold.reload()
  await cold.locator('.note.wait', { hasText: '沒有網路' }).waitFor()
})

const left = (page: Page): Promise<object> =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(), local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    workers: (await navigator.serviceWorker.getRegistrations()).filter((one) => one.active).length,
  }))
const NOTHING = { databases: [], caches: [], local: [], session: [], workers: 0 }

for (const [how, answer] of [
  ['is told that it is not from here', { status: 403, code: 'not-from-here' }],
  ['is told to wipe', { status: 403, code: 'not-from-here', headers: { 'Clear-Site-Data': '"*"' } }],
] as const)
  test(`a phone that ${how} keeps nothing, in none of its windows, and says so in both languages`, async () => {
    const container = await aUsualContainer()
    const wire = await aWire(url())
    open.push(wire.cut)
    const phone = await aPhone(disk().folder, wire.at)
    const page = await lookedUp(phone, container)
    const other = await phone.newPage()
    await other.goto('/settings')
    await settled(other)
    wire.answer(answer)

    await page.goto('/d?k=' + container).catch(() => undefined)

    for (const each of [page, other]) {
      await each.getByRole('heading', { name: '此設備目前無法使用通關平台' }).waitFor()
      await each.getByRole('heading', { name: 'This device cannot use the platform now' }).waitFor()
      expect(await each.content()).not.toContain(container)
      expect(each.url()).not.toContain(container)
    }
    await expect.poll(() => left(page)).toEqual(NOTHING)

    await phone.setOffline(true)
    await expect(page.goto('/d?k=' + container)).rejects.toThrow('ERR_INTERNET_DISCONNECTED')
    await phone.setOffline(false)
    wire.answer(undefined)
    await page.goto('/')
    await page.locator('main h1').first().waitFor()
  })

test('a wipe that was cut off in the middle is taken up by the next start', async () => {
  const phone = await aPhone(disk().folder)
  const page = await lookedUp(phone, await aUsualContainer())
  await page.evaluate(() => localStorage.setItem('tongguan.wiping', '1'))
  await phone.setOffline(true)

  await page.reload()

  await page.getByText('沒有網路時無法解鎖').waitFor()
  await expect.poll(async () => (await left(page) as { local: string[] }).local).not.toContain('tongguan.wiping')
  expect(await databases(page)).not.toContain('tongguan')
})
