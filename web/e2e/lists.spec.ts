import { expect, test } from 'vitest'
import { anOfficer, officers, settled } from './officer'

officers()

test('filters stand in the address, so that a reload and a shared link show the same list', async () => {
  const page = await anOfficer()
  await page.goto('/list/flow')
  await page.locator('tbody tr').first().waitFor()

  await page.selectOption('select[name=channel]', 'C3X')
  await page.waitForURL('**/list/flow?channel=C3X')
  await page.reload()
  await page.locator('tbody tr').first().waitFor()

  expect(await page.locator('select[name=channel]').inputValue()).toBe('C3X')
  const channels = await page.locator('tbody tr td:nth-child(3)').allInnerTexts()
  expect(channels.length).toBeGreaterThan(0)
  expect(channels.filter((text) => !text.includes('C3X'))).toEqual([])
})

test('more fetches the next rows behind those that are there, none twice', async () => {
  const page = await anOfficer({ layout: 'phone' })
  await page.goto('/list/movements')
  await page.locator('tbody tr').nth(49).waitFor()

  await page.locator('button.more').click()
  await page.locator('tbody tr').nth(99).waitFor()

  expect(await page.locator('tbody tr').count()).toBe(100)
})

test('a list comes as a CSV file with its filters', async () => {
  const page = await anOfficer({ language: 'en' })
  await page.goto('/list/flow?channel=C1')
  await page.locator('tbody tr').first().waitFor()
  const coming = page.waitForEvent('download')

  await page.getByRole('button', { name: 'CSV' }).click()

  const stream = await (await coming).createReadStream()
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  const rows = text.trim().split('\n')
  expect(rows.length).toBeGreaterThan(2)
  expect(rows.slice(1).every((row) => row.includes('C1'))).toBe(true)
})

for (const layout of ['phone', 'tablet', 'notebook'] as const)
  test(`no list is wider than a ${layout}`, async () => {
    const page = await anOfficer({ layout })
    for (const name of ['flow', 'declarations', 'releases', 'permits', 'movements', 'bonded-checks', 'examinations', 'voyages']) {
      await page.goto('/list/' + name)
      await settled(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0)
    }
  })
