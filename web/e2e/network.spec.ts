import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { aDevice, anImei, aSimIn, handedOut, simNumbers } from './devices'
import { aGateway } from './gateway.mjs'
import { anAdministrator, confirm, visit } from './hand'
import { newcomer } from './newcomer'
import { officers } from './officer'
import { second, unique } from './world'

officers()

const APN = 'customs.example'
const [authentication = 0, accounting = 0] = inject('radius').split(':').slice(1).map(Number)
let gateway: Awaited<ReturnType<typeof aGateway>>
beforeAll(async () => { gateway = await aGateway() })
afterAll(() => gateway.close())

test('a gateway is added, its secret is shown once, and a SIM that it asks about is refused with a reason in words', async () => {
  const page = await anAdministrator()
  await visit(page, '/network/gateways')
  await page.getByRole('button', { name: 'Add a gateway' }).click()
  await page.getByLabel('Name').fill('e2e')
  await page.getByLabel('Address', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Access points').fill(APN)
  await page.getByLabel('Port for disconnecting').fill(String(gateway.port))
  await page.getByLabel('Message-Authenticator').selectOption('access')
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await confirm(page)
  const secret = await page.locator('.note code').innerText()
  gateway.knows(secret)
  await page.getByRole('button', { name: 'I have noted it' }).click()
  await page.locator('li', { hasText: APN }).waitFor()
  expect(await page.content()).not.toContain(secret)

  const stranger = simNumbers()
  expect((await gateway.ask(authentication, { ...stranger, imeisv: '3569380356438012', apn: APN })).code).toBe(3)

  await visit(page, '/network/refusals')
  const refused = page.locator('main li', { hasText: stranger.imsi })
  await refused.getByText('The SIM is not registered').waitFor()
  await refused.getByText('add it on the page of SIM cards').waitFor()
})

test('a device comes in with its SIM and its own address, and a lost one is cut off at the gateway before our eyes', async () => {
  const imei = anImei()
  const device = await aDevice({ imei })
  const sim = await aSimIn(device)
  const { account } = await newcomer()
  await handedOut(device, account)
  const who = { imsi: sim.imsi, msisdn: sim.msisdn, imeisv: imei.slice(0, 14) + '07', apn: APN }
  expect(await gateway.ask(authentication, who)).toEqual({ code: 2, address: sim.address })
  expect(await gateway.begin(accounting, { ...who, ip: sim.address, session: unique('S') })).toBe(5)

  const page = await anAdministrator('phone')
  await visit(page, '/network')
  const live = page.locator('main li', { hasText: sim.address })
  await live.getByRole('link', { name: device.serial }).click()
  await page.locator('.live').getByText('on the private network').waitFor()

  await page.locator('section[aria-labelledby="acts"]').getByLabel('Reason').fill('bag stolen')
  await page.getByRole('button', { name: 'Report lost', exact: true }).click()
  await confirm(page)
  await page.locator('section[aria-labelledby="loss"] li', { hasText: 'Private network lets go' }).locator('.badge', { hasText: 'acknowledged' }).waitFor()
  expect(gateway.ended()).toBeGreaterThan(0)

  expect((await gateway.ask(authentication, who)).code).toBe(3)
  await visit(page, '/network/refusals')
  await page.locator('main li', { hasText: sim.imsi }).first().getByRole('link', { name: device.serial }).waitFor()
})

test('a SIM in another device is refused, and the page says what to do', async () => {
  const device = await aDevice()
  const sim = await aSimIn(device)
  const { account } = await newcomer()
  await handedOut(device, account)
  expect((await gateway.ask(authentication, { imsi: sim.imsi, msisdn: sim.msisdn, imeisv: anImei().slice(0, 14) + '01', apn: APN })).code).toBe(3)

  const page = await anAdministrator('tablet')
  await visit(page, '/network/refusals')
  const refused = page.locator('main li', { hasText: sim.imsi })
  await refused.getByText('The SIM sits in another device').waitFor()
  await refused.getByText('report the device lost or pair it anew').waitFor()
})

test('a zone is added once two persons want it, and removed likewise', async () => {
  const page = await anAdministrator()
  const name = unique('quay-').toLowerCase()
  const why = unique('new office ')
  await visit(page, '/network/zones')
  await page.getByRole('button', { name: 'Add a zone' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Network', { exact: true }).fill(`10.${120 + (Date.now() % 100)}.${Date.now() % 250}.0/24`)
  await page.getByLabel('Reason').fill(why)
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await confirm(page)
  await page.getByText('Asked for; a second person decides.').waitFor()

  const other = await anAdministrator('phone', second())
  await visit(other, '/requests')
  const waiting = other.locator('.list li', { hasText: why })
  await waiting.getByLabel('Reason').fill('it is ours')
  await waiting.getByRole('button', { name: 'Approve' }).click()
  await confirm(other, second().password)
  await other.getByText('Done.').waitFor()

  await visit(page, '/network/zones')
  await page.getByRole('button', { name: 'Remove: ' + name }).click()
  await page.getByLabel('Reason').fill('closed')
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await page.locator('dialog dd', { hasText: name }).waitFor()
})
