import { expect, test } from 'vitest'
import { anOfficer, heading, link, look, officers, settled } from './officer'
import { aUsualContainer, ambiguous, dossier } from './world'

officers()

test('an officer walks from container to bill, declaration, voyage and manifest, and back without typing', async () => {
  const container = await aUsualContainer()
  const { bills, declarations } = await dossier(container)
  const bill = bills?.[0]
  const declaration = declarations?.[0]?.key ?? ''
  const page = await anOfficer()
  await page.goto('/')

  await page.fill('#box', container.toLowerCase())
  await page.keyboard.press('Enter')
  await settled(page)
  expect((await heading(page)).replaceAll(' ', '')).toBe(container)
  expect(await page.locator('.state').innerText()).toContain('目前')

  await link(page, declaration).scrollIntoViewIfNeeded()
  const bottom = await link(page, bill?.key ?? '')
  await bottom.scrollIntoViewIfNeeded()
  await page.waitForTimeout(250)
  const scrolled = await page.evaluate(() => scrollY)
  await bottom.click()
  await page.waitForFunction((key) => document.querySelector('h1')?.textContent?.includes(key), (bill?.key ?? '').slice(-6))
  await page.waitForFunction((key) => location.search.includes(key), encodeURIComponent(bill?.key ?? ''))
  await settled(page)
  await link(page, declaration).click()
  await page.waitForURL('**/d?k=' + encodeURIComponent(declaration))
  await settled(page)
  await link(page, bill?.voyage ?? '').click()
  await page.waitForURL('**/d?k=' + encodeURIComponent(bill?.voyage ?? ''))
  await settled(page)
  expect(await page.locator('.trail li').count()).toBe(4)

  await page.locator('a[href^="/list/manifest"]').first().click()
  await page.locator('tbody tr').first().waitFor()
  await page.goBack()
  await page.goBack()
  await page.goBack()
  await page.goBack()
  await page.waitForFunction((key) => document.querySelector('h1')?.textContent?.replaceAll(' ', '') === key, container)
  await page.waitForFunction((before) => Math.abs(scrollY - before) < 60, scrolled)
  await page.locator('.trail li').first().waitFor({ state: 'detached' })
})

test('a step of the trail leads back to it and drops what came after', async () => {
  const container = await aUsualContainer()
  const { declarations, bills } = await dossier(container)
  const page = await anOfficer()
  await look(page, container)
  await link(page, declarations?.[0]?.key ?? '').click()
  await page.locator('.trail li').nth(1).waitFor()
  await link(page, bills?.[0]?.voyage ?? '').click()
  await page.locator('.trail li').nth(2).waitFor()

  await page.locator('.trail li a').nth(1).click()

  await page.locator('.trail li').nth(2).waitFor({ state: 'detached' })
  expect(await page.locator('.trail li').count()).toBe(2)
})

test('a number that several records bear gives the choice between them', async () => {
  const number = await ambiguous()
  const page = await anOfficer()

  await page.goto('/d?k=' + number)
  await settled(page)

  expect(await heading(page)).toContain(number)
  expect(await page.locator('main li a.ref').count()).toBe(2)
})

test('an unknown number is said to be unknown, with what to do and the nearest ones as links', async () => {
  const container = await aUsualContainer()
  const mistyped = container.slice(0, 10) + ((Number(container[10]) + 1) % 10)
  const page = await anOfficer({ language: 'en' })

  await look(page, mistyped)

  expect(await page.locator('.note').innerText()).toContain('Check the number')
  await page.locator(`main a[href="/d?k=${container}"]`).click()
  await page.locator('.state').waitFor()
  expect((await heading(page)).replaceAll(' ', '')).toBe(container)
})
