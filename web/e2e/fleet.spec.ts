import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aDevice, anImei, aSimIn, handedOut, simNumbers, stateOf } from './devices'
import { aFile } from './disk.mjs'
import { anAdministrator, askForACode, confirm, visit } from './hand'
import { newcomer } from './newcomer'
import { anOfficer, officers, settled } from './officer'
import { readCodes } from './reader.mjs'
import { administrator, ask, officer, second, unique } from './world'

officers()

/** Draws a line across a pad with finger or mouse, as the device has it. */
async function sign(page: Page, pad: Locator, touch: boolean): Promise<void> {
  await pad.evaluate((field) => field.scrollIntoView({ block: 'center' }))
  const box = await pad.boundingBox()
  if (!box) throw new Error('there is no pad')
  const points = Array.from({ length: 12 }, (_, i) => ({ x: box.x + box.width * (0.15 + i * 0.06), y: box.y + box.height * (0.5 + 0.25 * Math.sin(i)) }))
  if (!touch) {
    await page.mouse.move(points[0]?.x ?? 0, points[0]?.y ?? 0)
    await page.mouse.down()
    for (const { x, y } of points) await page.mouse.move(x, y)
    return page.mouse.up()
  }
  const finger = await page.context().newCDPSession(page)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [points[0] ?? { x: 0, y: 0 }] })
  for (const point of points) await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] })
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

const pad = (page: Page, side: string): Locator => page.locator(`section[aria-labelledby="${side}"] svg`)

test('an administrator adds a device and a SIM and puts the one into the other', async () => {
  const page = await anAdministrator()
  const serial = unique('TAB-')
  await visit(page, '/devices')
  await page.getByRole('button', { name: 'Add a device' }).click()
  await page.getByLabel('Serial number').fill(serial)
  await page.locator('.new').getByLabel('Kind').selectOption('tablet')
  await page.locator('.new').getByLabel('Model').fill('ET60')
  await page.locator('.new').getByLabel('Unit').selectOption('A')
  const imei = anImei()
  await page.getByLabel('IMEI').fill(imei)
  await page.getByLabel('MAC addresses').fill('00:1b:44:' + (Date.now() % 0xffffff).toString(16).padStart(6, '0').replace(/(..)(..)(..)/, '$1:$2:$3'))
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await page.locator('dialog dd', { hasText: serial }).waitFor()
  await confirm(page)
  await page.waitForURL(/\/devices\/[0-9a-f-]{36}$/)
  await page.getByText(imei).waitFor()
  await page.getByText('There is no SIM in it').waitFor()

  const { iccid, imsi, msisdn, address } = simNumbers()
  await visit(page, '/sims')
  await page.getByRole('button', { name: 'Add a SIM' }).click()
  const form = page.locator('.new')
  await form.getByLabel('ICCID').fill(iccid)
  await form.getByLabel('IMSI').fill(imsi)
  await form.getByLabel('Telephone number').fill('+' + msisdn)
  await form.getByLabel('Its own address').fill(address)
  await form.getByLabel('Unit').selectOption('A')
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await confirm(page)
  await page.getByText('Done.').waitFor()

  await visit(page, '/sims?q=' + iccid)
  await page.getByRole('button', { name: 'Change: ' + iccid }).click()
  await page.getByLabel('Reason').fill('for the new tablet')
  await page.getByLabel('Put into the device').fill(serial)
  await page.getByRole('button', { name: 'Pair', exact: true }).click()
  await page.locator('dialog dd', { hasText: serial }).waitFor()
  await confirm(page)
  await page.locator('.list').getByRole('link', { name: serial }).click()
  await page.locator('section[aria-labelledby="sim"]', { hasText: address }).waitFor()
  await page.locator('section[aria-labelledby="history"]', { hasText: 'SIM put in' }).waitFor()
})

test('filters and words find devices, and the address keeps them', async () => {
  const device = await aDevice({ kind: 'notebook', model: 'Latitude ' + unique('M') })
  const page = await anAdministrator('tablet')
  await visit(page, '/devices')
  await page.locator('summary', { hasText: 'Filter' }).click()
  await page.getByLabel('Serial, holder, number').fill(device.serial)
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL('**/devices?q=*')
  await page.locator('.list a', { hasText: device.serial }).waitFor()
  expect(await page.locator('.list a').count()).toBe(1)
  await page.getByLabel('State').selectOption('lost')
  await page.getByText('Nothing fits these conditions.').waitFor()
  expect(page.url()).toContain('state=lost')
})

test('a list of devices is looked at row by row, what is wrong is said, and the rest is added', async () => {
  const page = await anAdministrator()
  const [good, bad] = [unique('IMP-'), unique('IMP-')]
  const sim = simNumbers()
  const csv = ['serial,kind,model,unit,imei,macs,iccid,imsi,msisdn,address', `${good},pda,TC58,A,${anImei()},,${sim.iccid},${sim.imsi},${sim.msisdn},${sim.address}`, `${bad},phone,TC58,A,,,,,,`, `${bad}-2,pda,TC58,ZZ,123,,,,,`].join('\r\n')
  await visit(page, '/devices/import')
  await page.locator('input[type=file]').setInputFiles(aFile('new.csv', '\uFEFF' + csv))

  await page.getByRole('heading', { name: '3 rows' }).waitFor()
  const rows = page.locator('section ul > li')
  expect(await rows.count()).toBe(3)
  const wrong = await page.locator('section ul > li.refused').allInnerTexts()
  expect(wrong[0]).toMatch(/Row 3[\s\S]*kind: “phone”; expected: a kind: pda, tablet or notebook/)
  expect(wrong[1]).toMatch(/Row 4[\s\S]*unit: “ZZ”[\s\S]*imei: “123”/)
  await page.getByRole('button', { name: 'Add 1' }).click()
  await page.locator('dialog dd', { hasText: 'new.csv' }).waitFor()
  await confirm(page)
  await page.getByText('1 added.').waitFor()

  await visit(page, '/devices?q=' + good)
  await page.locator('.list a', { hasText: good }).waitFor()
  await visit(page, '/devices?q=' + bad)
  await page.getByText('Nothing fits these conditions.').waitFor()
})

test('what is no table is said to be none, and a pasted one is read, too', async () => {
  const page = await anAdministrator('phone')
  await visit(page, '/devices/import?of=sims')
  await page.getByLabel('Or paste the rows').fill('serial;kind\nA;B')
  await page.getByRole('button', { name: 'Look at the rows' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').innerText()).toContain('Row 1')
  const sim = simNumbers()
  await page.getByLabel('Or paste the rows').fill(`iccid,imsi,msisdn,address,unit\n${sim.iccid},${sim.imsi},${sim.msisdn},${sim.address},A`)
  await page.getByRole('button', { name: 'Look at the rows' }).click()
  await page.getByRole('button', { name: 'Add 1' }).waitFor()
})

test('a device changes hands on a phone: both sides sign with a finger, and the signatures stand on its page', async () => {
  const device = await aDevice()
  await aSimIn(device)
  const { account } = await newcomer()
  const page = await anAdministrator('phone')
  await visit(page, '/devices/' + device.id)
  await page.getByRole('link', { name: 'Hand out' }).click()
  await page.getByLabel('Account of who takes it').fill(account)
  await page.getByLabel('Accessories').fill('charger, holster')
  const go = page.getByRole('button', { name: 'Look and confirm' })
  expect(await go.isDisabled()).toBe(true)
  await sign(page, pad(page, 'giver'), true)
  await sign(page, pad(page, 'taker'), true)
  await page.getByRole('button', { name: 'Clear: Taken by' }).click()
  expect(await go.isDisabled()).toBe(true)
  await sign(page, pad(page, 'taker'), true)
  await go.click()
  await page.locator('dialog dd', { hasText: account }).waitFor()
  await confirm(page)

  await page.locator('section[aria-labelledby="hand-overs"]').getByRole('img', { name: 'Taken by: ' + account }).waitFor()
  const { handOvers } = await ask<{ handOvers: { takerSignature: number[][][] }[] }>('/api/v1/devices/' + device.id, administrator())
  expect(handOvers[0]?.takerSignature).toHaveLength(1)
  expect(handOvers[0]?.takerSignature[0]?.length).toBeGreaterThan(8)
  expect(await stateOf(device, administrator())).toBe('assigned')
  await page.locator('h1 .badge', { hasText: 'handed out' }).waitFor()
})

test('who cannot draw signs by the typed name, with the keyboard alone', async () => {
  const device = await aDevice()
  const { account } = await newcomer()
  await handedOut(device, account)
  const page = await anAdministrator('notebook')
  await visit(page, `/devices/${device.id}/return`)
  for (const side of ['Given by', 'Taken by']) {
    await page.getByRole('button', { name: 'Type the name: ' + side }).focus()
    await page.keyboard.press('Enter')
  }
  await page.locator('section[aria-labelledby="giver"]').getByLabel('Name').fill('王小明')
  await page.locator('section[aria-labelledby="taker"]').getByLabel('Name').fill('Lin Mei-Hua')
  await page.getByRole('button', { name: 'Look and confirm' }).focus()
  await page.keyboard.press('Enter')
  await confirm(page)
  await page.locator('h1 .badge', { hasText: 'in stock' }).waitFor()

  const { handOvers } = await ask<{ handOvers: { kind: string; giverSignature: number[][][] }[] }>('/api/v1/devices/' + device.id, administrator())
  expect(handOvers[0]?.kind).toBe('return')
  expect(handOvers[0]?.giverSignature.flat().length).toBeGreaterThan(40)
})

test('a device is lent to another unit for a time, and the loan can be ended', async () => {
  const device = await aDevice()
  const page = await anAdministrator()
  await visit(page, '/devices/' + device.id)
  const card = page.locator('section[aria-labelledby="loans"]')
  await card.getByLabel('To the unit').selectOption('B')
  await card.getByLabel('Until').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 16))
  await card.getByLabel('Reason').fill('busy week')
  await card.getByRole('button', { name: 'Lend' }).click()
  await confirm(page)
  await card.locator('.badge', { hasText: 'in force' }).waitFor()
  await card.getByLabel('Reason').fill('is over')
  await card.getByRole('button', { name: 'End now' }).click()
  await confirm(page)
  await card.locator('.badge', { hasText: /over$/ }).waitFor()
})

test('a lost device is cut off at once, the timeline says how far, and found it comes back into stock', async () => {
  const device = await aDevice()
  const sim = await aSimIn(device)
  const page = await anAdministrator('phone')
  await visit(page, '/devices/' + device.id)
  await page.locator('section[aria-labelledby="acts"]').getByLabel('Reason').fill('bag stolen at pier 19')
  await page.getByRole('button', { name: 'Report lost', exact: true }).click()
  await confirm(page)

  const loss = page.locator('section[aria-labelledby="loss"]')
  await loss.locator('li', { hasText: 'SIM blocked' }).getByText('done').waitFor()
  expect(await loss.locator('li').count()).toBe(5)
  await loss.locator('li', { hasText: 'Device wipes itself' }).getByText('waits for the device to make contact').waitFor()
  await page.locator('h1 .badge', { hasText: 'lost' }).waitFor()
  await page.locator('section[aria-labelledby="sim"]', { hasText: sim.iccid.slice(0, 4) }).getByText('blocked').waitFor()
  await page.locator('section[aria-labelledby="commands"]').getByText('Wipe').waitFor()

  await page.locator('section[aria-labelledby="acts"]').getByLabel('Reason').fill('lay in the car')
  await page.getByRole('button', { name: 'Report found' }).click()
  await confirm(page)
  await page.locator('h1 .badge', { hasText: 'in stock' }).waitFor()
  await loss.getByText('lay in the car').waitFor()
  // What was ordered stands: the device has not said that it did it.
  await page.locator('.live').getByText('wipe awaits the device').waitFor()
})

test('an officer reports a device of theirs from any page of settings', async () => {
  const device = await aDevice()
  await handedOut(device, 'officer')
  const page = await anOfficer({ layout: 'phone', language: 'en' })
  await visit(page, '/settings')
  const card = page.locator('section[aria-labelledby="lost"]')
  await card.getByText(device.serial).click()
  await card.getByLabel('What happened').fill('left in a taxi')
  await card.getByRole('button', { name: 'Report lost', exact: true }).click()
  await page.locator('dialog dd', { hasText: device.serial }).waitFor()
  await confirm(page, officer().password)
  await page.getByText(`${device.serial} is reported lost and cut off.`).waitFor()
  await page.locator('section[aria-labelledby="loss"] li', { hasText: 'Certificates revoked' }).waitFor()
  expect(await stateOf(device, administrator())).toBe('lost')
})

test('a wipe waits for a second person', async () => {
  const device = await aDevice()
  const page = await anAdministrator()
  await visit(page, '/devices/' + device.id)
  const why = unique('sold ')
  await page.locator('section[aria-labelledby="acts"]').getByLabel('Reason').fill(why)
  await page.getByRole('button', { name: 'Wipe…' }).click()
  await confirm(page)
  await page.getByText('Asked for; a second person decides.').waitFor()

  const other = await anAdministrator('phone', second())
  await visit(other, '/requests')
  const waiting = other.locator('.list li', { hasText: why })
  await waiting.getByLabel('Reason').fill('it is sold')
  await waiting.getByRole('button', { name: 'Approve' }).click()
  await confirm(other, second().password)
  await other.getByText('Done.').waitFor()

  await visit(page, '/devices/' + device.id)
  await page.locator('section[aria-labelledby="commands"]').getByText('waits for the device to make contact').waitFor()
})

test('who may not see devices finds no way to them', async () => {
  const page = await anOfficer({ language: 'en' })
  await page.goto('/')
  await settled(page)
  expect(await page.locator('nav a[href="/devices"], nav a[href="/network"]').count()).toBe(0)
})

test('a code to enrol is shown as a QR code that another program reads, in groups, and with its time', async () => {
  const device = await aDevice()
  const page = await anAdministrator('phone')
  const told = page.waitForResponse((response) => response.url().endsWith('/enrolment') && response.ok())
  await askForACode(page, device)
  const { code, qr } = (await (await told).json()) as { code: string; qr: string }

  const sheet = page.locator('dialog', { hasText: 'Enrol the device' })
  expect(await readCodes(await sheet.locator('svg').screenshot())).toEqual([qr])
  expect(qr).toMatch(new RegExp(`^tongguan-enrol:1:https://localhost:\\d+:${code}:[0-9a-f]{64}$`))
  expect(await sheet.locator('.code').innerText()).toBe(code.replaceAll('-', ' '))
  expect(await sheet.getByRole('timer').innerText()).toMatch(/Holds for 1[45]:\d\d/)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await readCodes(await sheet.locator('svg').screenshot())).toEqual([qr])
})

test('a command stands as waiting until the device has made contact', async () => {
  const device = await aDevice()
  const { account } = await newcomer()
  await handedOut(device, account)
  const page = await anAdministrator()
  await visit(page, '/devices/' + device.id)
  const card = page.locator('section[aria-labelledby="commands"]')
  await card.getByLabel('Reason').fill('shift is over')
  await card.getByLabel('Message to its screen').fill('Bring it back to the desk')
  await card.getByRole('button', { name: 'Send' }).click()
  await confirm(page)
  await card.locator('li', { hasText: 'Message' }).getByText('waits for the device to make contact').waitFor()
})
