import axe from 'axe-core/axe.min.js?raw'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { anOfficer, officers, settled, type Language, type Layout } from './officer'
import { aDevice, aSimIn, handedOut } from './devices'
import { confirmed } from './newcomer'
import { administrator, aUsualContainer, ambiguous, first } from './world'

officers()

type Finding = { id: string; nodes: { html: string; failureSummary: string }[] }
type Axe = { run(options: object): Promise<{ violations: Finding[] }> }

async function pages(): Promise<string[]> {
  const of = (key: string | undefined): string => '/d?k=' + encodeURIComponent(key ?? '')
  const voyage = (await first('/api/v1/voyages?limit=1'))['key']
  const message = (await first('/api/v1/messages?outcome=quarantined&limit=1'))['id']
  return [
    '/', of(await aUsualContainer()), of(voyage), of((await first('/api/v1/declarations?channel=C3X&limit=1'))['key']),
    of((await first('/api/v1/permits?limit=1'))['key']), of((await first('/api/v1/examinations?limit=1'))['key']), of('CSQU3054380'), of(await ambiguous()),
    ...['flow', 'declarations', 'releases', 'permits', 'movements', 'examinations', 'bonded-checks', 'voyages'].map((name) => `/list/${name}?limit=8`),
    '/list/manifest?limit=8&voyage=' + encodeURIComponent(voyage ?? ''), '/messages', '/messages?outcome=applied', '/messages/' + message, '/core', '/commands', '/batch', '/settings', '/field', '/outbox', '/nowhere',
  ]
}

/** Those of who looks after devices and networks, with something on each. */
async function pagesOfDevices(): Promise<string[]> {
  const [stock, lost] = [await aDevice(), await aDevice({ kind: 'notebook' })]
  await aSimIn(lost)
  await handedOut(lost, 'officer')
  await confirmed(`/api/v1/devices/${lost.id}/loan`, { unit: 'B', until: new Date(Date.now() + 86_400_000).toISOString(), reason: 'busy week' })
  await confirmed(`/api/v1/devices/${lost.id}/lost`, { reason: 'stolen' })
  return [
    '/devices', '/devices?state=retired', `/devices/${stock.id}`, `/devices/${lost.id}`, `/devices/${stock.id}/hand-out`, '/devices/import', '/devices/import?of=sims', '/sims', '/device-policies', '/settings',
    '/network', '/network/refusals', '/network/gateways', '/network/zones',
  ]
}

async function nothingFound(page: Page, paths?: string[]): Promise<void> {
  for (const path of paths ?? (await pages())) {
    await page.goto(path)
    await settled(page)
    if (paths) for (const more of await page.locator('main button[aria-expanded="false"], main details:not([open]) > summary').all()) if (await more.isVisible()) await more.click()
    const { violations } = await page.evaluate(async () =>
      (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    expect(violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.html.slice(0, 200)} ${each.nodes[0]?.failureSummary}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} is too wide`).toBeLessThanOrEqual(0)
  }
}

for (const layout of ['phone', 'notebook'] as Layout[])
  for (const language of ['zh-TW', 'en'] as Language[])
    test(`axe finds nothing on any page: ${layout}, ${language}`, async () => nothingFound(await anOfficer({ layout, language, script: axe })), 120_000)

for (const [layout, language] of [['phone', 'zh-TW'], ['notebook', 'en']] as [Layout, Language][])
  test(`axe finds nothing on the pages of devices and networks: ${layout}, ${language}, in the light and in the dark`, async () => {
    const page = await anOfficer({ layout, language, script: axe, as: administrator() })
    const paths = await pagesOfDevices()
    await nothingFound(page, paths)
    await page.emulateMedia({ colorScheme: 'dark' })
    await nothingFound(page, paths)
  }, 120_000)

test('axe finds nothing in the dark either', async () => {
  const page = await anOfficer({ layout: 'tablet', script: axe })
  await page.emulateMedia({ colorScheme: 'dark' })
  await nothingFound(page)
}, 120_000)

test('axe is really looking: a picture without words is found', async () => {
  const page = await anOfficer({ script: axe })
  await page.goto('/')
  await settled(page)
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('img')))

  const { violations } = await page.evaluate(async () => (window as unknown as { axe: Axe }).axe.run({}))

  expect(violations.map((each) => each.id)).toContain('image-alt')
})
