import { expect, test } from 'vitest'
import { anOfficer, heading, look, officers, settled } from './officer'
import { aUsualContainer } from './world'

officers()

test('the whole walk goes without a pointer: box, dossier, link, list, help', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer({ language: 'en' })
  await page.goto('/list/voyages')
  await page.locator('tbody tr').nth(1).waitFor()

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => document.activeElement?.closest('tr')?.rowIndex)).toBe(2)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/d?k=*')
  await settled(page)

  await page.keyboard.press('/')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('box')
  await page.keyboard.type(container, { delay: 60 })
  await page.keyboard.press('Enter')
  await page.waitForURL('**/d?k=' + container)
  await settled(page)
  expect((await heading(page)).replaceAll(' ', '')).toBe(container)

  await page.keyboard.press('?')
  await page.locator('dialog[open]').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
})

test('the language changes in place, is kept, and reaches every word of the page', async () => {
  const page = await anOfficer({ layout: 'phone' })
  await page.goto('/settings')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Settings', exact: true, level: 1 }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')

  await page.reload()
  await settled(page)

  expect(await heading(page)).toBe('Settings')
  const words = await page.locator('body').innerText()
  expect(words.replace('繁體中文', '').replace('開發測試關員', '')).not.toMatch(/[\u4e00-\u9fff]/)
})

test('on a phone the box and the ways on lie within the reach of a thumb, and targets are 48 pixels high', async () => {
  const page = await anOfficer({ layout: 'phone' })
  await look(page, await aUsualContainer())

  const boxes = await page.locator('#box, .shell-bar button, nav.bottom a').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect))

  expect(boxes.length).toBe(8)
  for (const box of boxes) {
    expect(box.height).toBeGreaterThanOrEqual(48)
    expect(box.top).toBeGreaterThan(844 / 2)
  }
})

test('the camera opens, says what it does, and closes again', async () => {
  const page = await anOfficer({ layout: 'phone' })
  await page.goto('/')

  await page.getByRole('button', { name: '相機' }).click()
  await page.locator('dialog[open] p').waitFor()
  expect((await page.locator('dialog[open] p').innerText()).length).toBeGreaterThan(3)
  await page.locator('dialog[open] button').click()

  await page.locator('dialog[open]').waitFor({ state: 'detached' })
})
