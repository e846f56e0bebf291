import { afterAll, expect, test } from 'vitest'
import { film, place } from './camera.mjs'
import { anOfficer, heading, officers, settled } from './officer'
import { aUsualContainer, ask, type Row } from './world'

const { file: seen, remove } = place()
afterAll(remove)
// The browser opens the film anew with each camera, so that each test shows its own.
officers(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${seen}`])

async function anAirWaybill(): Promise<string> {
  const { items: flights } = await ask<{ items: Row[] }>('/api/v1/voyages?mode=air&limit=50')
  for (const flight of flights) {
    const { items } = await ask<{ items: Row[] }>('/api/v1/manifest?limit=20&voyage=' + encodeURIComponent(flight['key'] ?? ''))
    const bill = items.map((row) => row['key'] ?? '').find((key) => /^\d{11}$/.test(key))
    if (bill) return bill
  }
  throw new Error('no flight of the sample world has a master air waybill')
}

for (const [what, format, find] of [
  ['a container number in a bar code', 'Code128', aUsualContainer],
  ['a container number in a square code', 'QRCode', aUsualContainer],
  ['an air waybill in a bar code', 'Code128', anAirWaybill],
] as const)
  test(`the camera reads ${what} and opens its dossier`, async () => {
    const key = await find()
    await film(seen, key, format)
    const page = await anOfficer({ layout: 'phone' })
    await page.goto('/')

    await page.getByRole('button', { name: '相機' }).click()

    await page.waitForURL('**/d?k=' + key, { timeout: 20_000 })
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    await settled(page)
    expect((await heading(page)).replace(/[^A-Z0-9]/g, '')).toBe(key)
  })
