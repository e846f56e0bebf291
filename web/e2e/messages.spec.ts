import { expect, test } from 'vitest'
import { anOfficer, officers, settled } from './officer'
import { administrator, post, unique } from './world'

officers()

test('a message in quarantine shows its reason, marks the place in the raw text, and can be replayed', async () => {
  const { messages } = await post([
    { kind: 'container-movement', payload: { container: 'CSQU3054383', movement: 'teleported', place: 'TWKEL-E12', truck: unique('T').slice(-8) } },
  ])
  const id = messages[0]?.id ?? ''
  expect(messages[0]?.outcome).toBe('quarantined')
  const page = await anOfficer({ as: administrator() })
  await page.goto('/messages')
  await page.locator(`a[href="/messages/${id}"]`).click()
  await page.locator('pre').waitFor()

  expect(await page.locator('.note').innerText()).toContain('teleported')
  expect(await page.locator('pre mark').innerText()).toContain('teleported')
  const replayed = page.waitForResponse((response) => response.url().endsWith('/replay'))
  await page.getByRole('button', { name: '重新處理' }).click()
  await page.locator('dialog dd', { hasText: id }).waitFor()
  await page.getByLabel('請再輸入密碼以確認此項變更').fill(administrator().password)
  await page.getByRole('button', { name: '確認', exact: true }).click()
  expect((await replayed).status()).toBe(200)
  await page.getByText('仍').waitFor()
})

test('an applied message leads to the numbers that it told of', async () => {
  const page = await anOfficer({ layout: 'phone', language: 'en' })
  await page.goto('/messages?outcome=applied')
  await page.locator('.list a').first().click()
  await page.locator('#facts').waitFor()

  await page.locator('section[aria-labelledby=facts] a.ref').first().click()
  await page.waitForURL('**/d?k=*')
  await settled(page)
})
