import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { aDisk, forms } from './disk.mjs'
import { anOfficer, LAYOUTS, officers, settled } from './officer'
import { ask, officer, post, url, type Row } from './world'

/** Work without a network, from taking a voyage along to what became of it: docs/decisions/020. */
officers()
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function aPhone(folder: string): Promise<BrowserContext> {
  const phone = await chromium.launchPersistentContext(folder, {
    executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    viewport: LAYOUTS.phone, hasTouch: true, baseURL: url(),
  })
  open.push(() => phone.close().catch(() => undefined))
  phone.setDefaultTimeout(20_000)
  await phone.addInitScript(() => localStorage.getItem('tongguan.language') ?? localStorage.setItem('tongguan.language', 'en'))
  await phone.addCookies(officer().cookies.map(([name, value]) => ({ name, value, url: url().replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' as const })))
  return phone
}

type Dossier = { declarations?: { key: string; state?: { phase?: string }; phase?: string }[] }
type Next = { phase: string; commands: { act: string; state: string }[]; acts: { act: string; possible: boolean; mine: boolean }[] }
const next = (number: string): Promise<Next> => ask(`/api/v1/declarations/${encodeURIComponent(number)}/next`)

/** A sea voyage with three declarations that can be put on hold. */
async function aVoyage(): Promise<{ voyage: string; declarations: string[] }> {
  const { items } = await ask<{ items: Row[] }>('/api/v1/voyages?mode=sea&limit=50')
  for (const { key } of items) {
    const found = await ask<Dossier>('/api/v1/dossiers?key=' + encodeURIComponent(key as string))
    const usable: string[] = []
    for (const { key: number } of (found.declarations ?? []).slice(0, 12)) {
      const { acts, commands } = await next(number)
      if (commands.length === 0 && acts.some(({ act, possible, mine }) => act === 'hold' && possible && mine)) usable.push(number)
      if (usable.length === 3) return { voyage: key as string, declarations: usable }
    }
  }
  throw new Error('no sea voyage of the sample world has three open declarations')
}

/** Takes the voyage along, in a page that the service worker serves, so that it knows who is in when the network goes. */
async function takeAlong(page: Page, voyage: string): Promise<void> {
  await page.goto('/')
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
  await page.goto('/field?kind=voyage&key=' + encodeURIComponent(voyage))
  await page.getByRole('button', { name: 'Take along' }).click()
  await page.getByText(/Kept on this device: \d+ dossiers/).waitFor()
}

async function hold(page: Page, number: string, reason: string): Promise<void> {
  await page.goto('/d?k=' + encodeURIComponent(number))
  await settled(page)
  await page.locator('.age.old').waitFor()
  const card = page.locator('section', { has: page.locator('#offline-acts') })
  await card.getByRole('button', { name: 'Hold', exact: true }).click()
  await card.getByLabel('Reason').fill(reason)
  await card.getByRole('button', { name: 'Put into the outbox' }).click()
  await card.getByText('Put into the outbox. Confirm once').waitFor()
}

test('three acts done without a network survive the browser’s end and are confirmed once; what moved meanwhile is a conflict', async () => {
  const { voyage, declarations } = await aVoyage()
  const disk = aDisk()
  open.push(disk.remove)
  const before = await aPhone(disk.folder)
  const page = before.pages()[0] ?? (await before.newPage())
  await takeAlong(page, voyage)

  await before.setOffline(true)
  for (const number of declarations) await hold(page, number, 'hold of ' + number)
  await page.goto('/outbox')
  await expect.poll(() => page.locator('ol.list > li').count()).toBe(3)
  await before.close()
  // Nothing of what was done lies readable on the disk of a phone that is switched off.
  for (const form of forms('hold of ' + declarations[0])) expect(disk.holds(form)).toBe(false)

  // Ashore, the second declaration has moved on.
  const moved = declarations[1] as string
  const { messages } = await post([{ kind: 'declaration-reply', payload: { declaration: moved, step: 'hold', reference: 'H1', reason: 'by others' } }])
  expect(messages).toMatchObject([{ outcome: 'applied' }])

  const after = await aPhone(disk.folder)
  const again = after.pages()[0] ?? (await after.newPage())
  await again.goto('/')
  await again.getByText('3 done without a network have not been sent').waitFor()
  await again.getByRole('link', { name: 'Look and send' }).click()
  await again.getByRole('button', { name: 'Check and confirm 3 to send' }).click()
  // A new browser, a new sign-in at the core system.
  const signIn = again.getByRole('button', { name: 'Sign in and send' })
  await signIn.waitFor()
  await again.getByLabel('Account').fill('wang')
  await again.getByLabel('Password', { exact: true }).fill('customs wang 1')
  await signIn.click()

  const dialog = again.getByRole('dialog')
  await dialog.getByText('1. Hold').waitFor()
  expect(await dialog.locator('dt').count()).toBe(2)
  await dialog.locator('input[type=password]').fill(officer().password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()

  await again.getByText('Sent: 2 done. For you to decide: 1 in conflict, 0 refused.').waitFor()
  const conflict = again.locator('ul.list > li', { has: again.locator('table') })
  expect(await conflict.count()).toBe(1)
  expect(await conflict.innerText()).toContain('The record has changed since.')
  expect(await conflict.locator('tr.differs', { hasText: 'On hold' }).innerText()).toMatch(/no\s+yes/)
  for (const number of declarations) {
    const commands = (await next(number)).commands.filter(({ act }) => act === 'hold')
    expect(commands.length, number).toBe(number === moved ? 0 : 1)
  }

  // All the same: a new wish on what is now, confirmed anew.
  await conflict.getByRole('button', { name: 'Do it all the same' }).click()
  await again.getByRole('button', { name: 'Check and confirm 1 to send' }).click()
  await dialog.getByText('1. Hold').waitFor()
  await dialog.locator('input[type=password]').fill(officer().password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await again.getByText('Sent: 1 done. For you to decide: 0 in conflict, 0 refused.').waitFor()
  expect((await next(moved)).commands.filter(({ act }) => act === 'hold')).toHaveLength(1)
})

test('a package is listed with its age and size, and deleting it leaves nothing of it to look up', async () => {
  const { voyage, declarations } = await aVoyage()
  const page = await anOfficer({ layout: 'phone', worker: true, language: 'en' })
  await takeAlong(page, voyage)
  const held = page.locator('section', { has: page.locator('#held') }).locator('li')
  await held.getByText(/\d+ dossiers, [\d,]+ KB/).waitFor()
  expect(await held.innerText()).toContain('just now')

  await page.context().setOffline(true)
  await held.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Nothing was taken along yet.').waitFor()
  await page.goto('/d?k=' + encodeURIComponent(declarations[0] as string))
  await page.locator('.note', { hasText: 'This device has kept nothing' }).waitFor()
})

test('nobody leaves with something unsent without being told', async () => {
  const { voyage, declarations } = await aVoyage()
  const page = await anOfficer({ layout: 'phone', worker: true, language: 'en' })
  await takeAlong(page, voyage)
  await page.context().setOffline(true)
  await hold(page, declarations[0] as string, 'seen at sea')

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()

  await page.getByText('1 things done without a network have not been sent').waitFor()
  await page.getByRole('link', { name: 'Look and send' }).click()
  await page.getByText('seen at sea').waitFor()
})
