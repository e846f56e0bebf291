import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { aDevice, handedOut, stateOf, type Made } from './devices'
import { anAdministrator, askForACode, confirm, signIn, visit } from './hand'
import { confirmed, newcomer } from './newcomer'
import { anOfficer, officers } from './officer'
import { enrol, type Certified } from './phone.mjs'
import { readCodes } from './reader.mjs'
import { administrator, ask, officer, second, unique } from './world'

officers()

const decided = async (asked: Promise<Record<string, string>>): Promise<unknown> =>
  confirmed(`/api/v1/requests/${(await asked)['request']}/decide`, { approve: true, reason: 'agreed' }, second())

/** This machine is an office where every device shows its certificate. */
beforeAll(async () => {
  const { items } = await ask<{ items: { network: string }[] }>('/api/v1/network/zones', administrator())
  if (!items.some(({ network }) => network === '127.0.0.0/8'))
    await decided(confirmed('/api/v1/network/zones', { name: unique('bench-').toLowerCase(), kind: 'office', network: '127.0.0.0/8', certificate: true, reason: 'browser tests' }))
})

/** Holds the code before the phone's camera: what it reads is what it enrols with. */
async function enrolled(page: Page, device: Made, serial = device.serial): Promise<Certified | { refused: string }> {
  await askForACode(page, device)
  const sheet = page.locator('dialog', { hasText: 'Enrol the device' })
  const [qr = ''] = await readCodes(await sheet.locator('svg').screenshot())
  return enrol(qr, serial)
}

function good(answer: Certified | { refused: string }): Certified {
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}

async function signedIn(device: Certified): Promise<Page> {
  const page = await anOfficer({ layout: 'phone', language: 'en', as: 'nobody', device })
  await page.goto('/')
  await signIn(page, officer().name, officer().password)
  await page.locator('nav.bottom').waitFor()
  return page
}

async function answerAtTheDoor(device: Certified): Promise<number | undefined> {
  const page = await anOfficer({ layout: 'phone', language: 'en', as: 'nobody', device })
  return (await page.goto('/'))?.status()
}

test('a phone enrols by the code on the screen and its own key, works through the door, is cast out when lost, and comes back by a new key', async () => {
  const account = officer().name
  const device = await aDevice()
  await handedOut(device, account)
  const page = await anAdministrator()
  const first = good(await enrolled(page, device))

  const phone = await signedIn(first)
  expect(new URL(phone.url()).protocol).toBe('https:')
  await visit(phone, '/settings')
  await phone.locator('section[aria-labelledby="lost"] label', { hasText: device.serial }).getByText('this one').waitFor()
  await visit(page, '/devices/' + device.id)
  await page.locator('section[aria-labelledby="certificates"] .badge', { hasText: 'holds' }).waitFor()
  await page.locator('section[aria-labelledby="about"]', { hasText: account }).waitFor()

  await page.locator('section[aria-labelledby="acts"]').getByLabel('Reason').fill('bag stolen at pier 19')
  await page.getByRole('button', { name: 'Report lost', exact: true }).click()
  await confirm(page)
  const loss = page.locator('section[aria-labelledby="loss"]')
  await loss.locator('li', { hasText: 'sessions ended' }).getByText('done').waitFor()
  await phone.fill('#box', 'CSQU3054383')
  await phone.keyboard.press('Enter')
  await phone.getByRole('heading', { name: 'This device cannot use the platform now' }).waitFor()

  await page.locator('section[aria-labelledby="acts"]').getByLabel('Reason').fill('lay in the car')
  await page.getByRole('button', { name: 'Report found' }).click()
  await confirm(page)
  await page.locator('h1 .badge', { hasText: 'in stock' }).waitFor()
  // A phone without a steward has nothing to sign its wipe with: two persons answer for it.
  await page.locator('section[aria-labelledby="acts"]').getByLabel('Reason').fill('reset before our eyes')
  await page.getByRole('button', { name: 'Waive the proof of the wipe…' }).click()
  await confirm(page)
  await page.getByText('Asked for; a second person decides.').waitFor()
  const other = await anAdministrator('phone', second())
  await visit(other, '/requests')
  const waiting = other.locator('.list li', { hasText: device.serial })
  await waiting.getByLabel('Reason').fill('seen it, too')
  await waiting.getByRole('button', { name: 'Approve' }).click()
  await confirm(other, second().password)
  await other.getByText('Done.').waitFor()

  const again = good(await enrolled(page, device))
  await page.keyboard.press('Escape')
  await loss.locator('li', { hasText: 'Device wipes itself' }).getByText('waived, not proven').waitFor()
  await page.locator('section[aria-labelledby="history"]', { hasText: 'Proof of the wipe waived: reset before our eyes' }).waitFor()
  await handedOut(device, account)
  expect(await stateOf(device, administrator())).toBe('assigned')
  await visit(await signedIn(again), '/list/flow')
  expect(await answerAtTheDoor(first)).toBe(403)
}, 120_000)

test('a code is for one device alone, and a certificate opens nothing before the device is handed out', async () => {
  const device = await aDevice()
  const page = await anAdministrator()
  expect(await enrolled(page, device, 'PDA-OTHER')).toEqual({ refused: 'enrolment-refused' })
  const certified = good(await enrolled(page, device))

  expect(await answerAtTheDoor(certified)).toBe(403)
  await handedOut(device, (await newcomer()).account)
  expect(await answerAtTheDoor(certified)).toBe(200)
})
