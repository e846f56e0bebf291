import { expect, test } from 'vitest'
import { anOfficer, heading, look, officers, settled } from './officer'
import { aUsualContainer } from './world'

officers()

test('a dossier seen before opens without a network, from a cold start, and says how old it is', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer({ layout: 'phone', worker: true })
  await page.goto('/')
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
  await look(page, container)
  await page.locator('.age', { hasText: '最新資料' }).waitFor()

  await page.context().setOffline(true)
  await page.reload()
  await settled(page)

  expect((await heading(page)).replaceAll(' ', '')).toBe(container)
  await page.locator('.age.old').waitFor()
  expect(await page.locator('.note.wait').first().innerText()).toContain('沒有網路')
})

test('without a network a number never seen says so, and the first screen lists what can be opened', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer({ layout: 'phone', worker: true, language: 'en' })
  await page.goto('/')
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
  await look(page, container)
  await page.locator('.age', { hasText: 'up to date' }).waitFor()
  await page.context().setOffline(true)

  await page.goto('/d?k=TCLU0000005')
  await page.locator('.note', { hasText: 'This device has kept nothing' }).waitFor()
  await page.goto('/')
  await page.locator('.recent li').first().waitFor()
  expect(await page.locator('.recent li').count()).toBe(1)
})

test('a second look-up asks with the tag of the first and shows that nothing has changed', async () => {
  const container = await aUsualContainer()
  const page = await anOfficer()
  await look(page, container)
  await page.locator('.age', { hasText: '最新資料' }).waitFor()
  const answers: number[] = []
  page.on('response', (response) => { if (response.url().includes('/api/v1/dossiers')) answers.push(response.status()) })

  await page.reload()

  await page.locator('.age', { hasText: '剛確認' }).waitFor()
  expect(answers).toEqual([304])
})

test('what the device keeps can be deleted from it', async () => {
  const page = await anOfficer({ language: 'en' })
  await look(page, await aUsualContainer())
  await page.goto('/settings')
  await page.getByText('Dossiers kept on this device: 1').waitFor()

  await page.getByRole('button', { name: 'Delete from this device' }).click()

  await page.getByText('Dossiers kept on this device: 0').waitFor()
})
