import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { anOfficer, officers, settled } from './officer'
import { aUsualContainer } from './world'

officers()

/** As a wired scanner types: the page's own keys, one number every fifty milliseconds, however busy the page is. */
const scan = (page: Page, numbers: string[], apart: number): Promise<void> =>
  page.evaluate(async ({ all, pause }) => {
    for (const number of all) {
      for (const key of [...number, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await new Promise((done) => setTimeout(done, pause))
    }
  }, { all: numbers, pause: apart })

const numbers = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `ZZ${String(from + i).padStart(8, '0')}`)

test('twenty scans a second with the network cut in the middle are all there, looked up, and survive a page loaded anew', async () => {
  const page = await anOfficer({ layout: 'tablet', worker: true, language: 'en' })
  await page.goto('/batch')
  await settled(page)
  await page.evaluate(async () => { await navigator.serviceWorker.ready })

  await scan(page, numbers(0, 40), 50)
  await page.context().setOffline(true)
  await scan(page, numbers(40, 40), 50)
  await page.locator('[data-count="80"]').waitFor()
  await page.locator('.note.wait', { hasText: 'No network' }).waitFor()
  await page.context().setOffline(false)
  await scan(page, numbers(80, 40), 50)

  await page.locator('[data-count="120"][data-known="120"]').waitFor({ timeout: 30_000 })
  await page.reload()
  await page.locator('[data-count="120"][data-known="120"]').waitFor()
})

test('what was scanned is shown within a tenth of a second, with its state as soon as it is known', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer({ layout: 'phone', language: 'en' })
  await page.goto('/batch')
  await settled(page)

  const took = await page.evaluate(async (number) => {
    const began = performance.now()
    for (const key of [...number, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    while (!document.querySelector('.scan')) await new Promise(requestAnimationFrame)
    return performance.now() - began
  }, container)

  expect(took).toBeLessThan(100)
  await page.locator('[data-known="1"]').waitFor()
  await scan(page, [container], 0)
  await page.locator('.scan .badge', { hasText: 'scanned 2 times' }).waitFor()
  expect(await page.locator('.scan').count()).toBe(1)
})

test('a pasted list joins the batch, a rule narrows it, and a wrong check digit says so', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer({ language: 'en' })
  await page.goto('/batch')
  await settled(page)

  await page.getByRole('button', { name: 'List or file' }).click()
  await page.locator('textarea').fill(`number;goods\n${container};"tyres; new"\nCSQU3054384;lamps`)
  await page.getByRole('button', { name: 'Add to the batch' }).click()
  await page.locator('[data-count="2"][data-known="2"]').waitFor()

  await page.locator('.chip', { hasText: 'wrong check digit' }).click()
  expect(await page.locator('.scan').count()).toBe(1)
  expect(await page.locator('.scan .key').innerText()).toBe('CSQU 305438 4')
})
