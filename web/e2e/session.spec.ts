import { expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import { signIn as enter, triesInVain } from './hand'
import { anOfficer, look, officers, settled } from './officer'
import { passwordOf } from './signin.mjs'
import { aUsualContainer } from './world'

officers()

const signIn = (page: Page): Promise<void> => enter(page, 'squad', passwordOf(inject('accounts'), 'squad'))

test('nothing of the inside is shown before the officer is in, and each audience comes to its own first page', async () => {
  const page = await anOfficer({ language: 'en', as: 'nobody' })
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await page.locator('nav').count()).toBe(0)

  await signIn(page)

  await page.waitForURL('**/list/examinations')
  await settled(page)
  expect(await page.locator('.shell-side a[href="/messages"]').count()).toBe(0)
})

test('a wrong password and an unknown account read alike', async () => {
  const page = await anOfficer({ language: 'en', layout: 'phone', as: 'nobody' })
  await page.goto('/')
  const unknown = await triesInVain(page, 'nobody-here', 'not the password')

  expect(await triesInVain(page, 'squad', 'not the password')).toBe(unknown)
  await signIn(page)
  await page.locator('nav').first().waitFor({ state: 'attached' })
})

test('locking takes everything off the page, and neither a reload nor a missing network brings it back', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer({ language: 'en', as: 'nobody', worker: true })
  await page.goto('/')
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
  await signIn(page)
  await page.waitForURL('**/list/examinations')
  await look(page, container)
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Lock the screen' }).click()
  await page.getByRole('heading', { name: 'The screen is locked' }).waitFor()
  expect(await page.content()).not.toContain(container)
  expect(page.url()).not.toContain(container)

  await page.reload()
  await page.getByRole('heading', { name: 'The screen is locked' }).waitFor()
  await page.context().setOffline(true)
  await page.goto('/d?k=' + container)
  await page.getByText('Unlocking needs the network').waitFor()
  expect(await page.locator('nav').count()).toBe(0)

  await page.context().setOffline(false)
  await page.reload()
  await page.getByLabel('Password').fill(passwordOf(inject('accounts'), 'squad'))
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.locator('.shell').waitFor()
})

test('a second window of the same officer locks with the first', async () => {
  const page = await anOfficer({ language: 'en', as: 'nobody' })
  await page.goto('/')
  await signIn(page)
  await page.waitForURL('**/list/examinations')
  const other = await page.context().newPage()
  await other.goto('/settings')
  await other.getByRole('button', { name: 'Lock the screen' }).click()

  await page.getByRole('heading', { name: 'The screen is locked' }).waitFor()
})

test('signing out leaves nothing on the device that could be read', async () => {
  const page = await anOfficer({ language: 'en', as: 'nobody' })
  await page.goto('/')
  await signIn(page)
  await page.waitForURL('**/list/examinations')
  const container = await aUsualContainer()
  await look(page, container)
  await page.locator('.age', { hasText: 'up to date' }).waitFor()
  const everything = (): Promise<string> =>
    page.evaluate(async () => {
      const rows: unknown[] = [JSON.stringify(sessionStorage), JSON.stringify(localStorage)]
      for (const { name } of await indexedDB.databases()) {
        const db = await new Promise<IDBDatabase>((found) => { const asked = indexedDB.open(name ?? ''); asked.onsuccess = () => found(asked.result) })
        for (const store of db.objectStoreNames)
          rows.push(await new Promise((found) => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => found(asked.result) }))
        db.close()
      }
      return JSON.stringify(rows)
    })
  expect((await everything()).replace(/.*?\[\{"steps.*/, '')).toContain('sealed')
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()

  const left = await everything()
  expect(left).not.toContain(container)
  expect(left).not.toContain('sealed')
})
