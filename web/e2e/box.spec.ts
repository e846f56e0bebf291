import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { anOfficer, heading, officers, settled } from './officer'
import { aUsualContainer } from './world'

officers()

/** As the device sends it: all keys at once, not one by one over the wire that drives this browser. */
async function scan(page: Page, text: string, end: 'Enter' | 'Tab'): Promise<void> {
  const wire = await page.context().newCDPSession(page)
  const press = (key: string, text?: string) => [
    wire.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...(text ? { text } : {}) }),
    wire.send('Input.dispatchKeyEvent', { type: 'keyUp', key }),
  ]
  await Promise.all([...[...text].flatMap((letter) => press(letter, letter)), ...press(end, end === 'Enter' ? '\r' : undefined)])
}

test('the box says while typing what the number looks like, and that its check digit is wrong', async () => {
  const page = await anOfficer()
  await page.goto('/')

  await page.locator('#box').pressSequentially('csqu 305438-3', { delay: 60 })
  expect(await page.locator('#box-looks').innerText()).toContain('貨櫃')
  expect(await page.locator('#box-looks .ok').count()).toBe(1)
  await page.fill('#box', 'CSQU3054384')
  expect(await page.locator('#box-looks .wrong').count()).toBe(1)
})

for (const end of ['Enter', 'Tab'] as const)
  test(`a keyboard-wedge scanner that ends with ${end} is heard while the focus is on a link`, { retry: 2 }, async () => {
    const container = await aUsualContainer()
    const page = await anOfficer()
    await page.goto('/list/voyages')
    await settled(page)
    await page.locator('nav.side a').nth(4).focus()

    await scan(page, container, end)

    await page.locator('.state').waitFor({ timeout: 5000 })
    expect((await heading(page)).replaceAll(' ', '')).toBe(container)
  })

test('what a scanner types into a filter by accident is taken out of it again', { retry: 2 }, async () => {
  const container = await aUsualContainer()
  const page = await anOfficer()
  await page.goto('/list/flow')
  await settled(page)
  await page.locator('input[name=trader]').fill('10')
  await page.locator('input[name=trader]').focus()

  await scan(page, container, 'Enter')

  await page.locator('.state').waitFor({ timeout: 5000 })
  await page.goBack()
  await settled(page)
  expect(await page.locator('input[name=trader]').inputValue()).not.toContain(container.slice(0, 4))
})

test('a person who types slowly on a page is no scanner', async () => {
  const page = await anOfficer()
  await page.goto('/list/voyages')
  await settled(page)

  await page.keyboard.type('CSQU3054383', { delay: 90 })
  await page.keyboard.press('Enter')

  expect(new URL(page.url()).pathname).toBe('/list/voyages')
})

test('a number pasted on the first screen is looked up', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer({ layout: 'phone' })
  await page.goto('/')
  await settled(page)

  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, container)

  await page.locator('.state').waitFor()
  expect((await heading(page)).replaceAll(' ', '')).toBe(container)
})
