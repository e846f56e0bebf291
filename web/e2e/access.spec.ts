import axe from 'axe-core/axe.min.js?raw'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { anOfficer, officers, settled, type Language, type Layout } from './officer'
import { aUsualContainer, ambiguous, first } from './world'

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
    '/list/manifest?limit=8&voyage=' + encodeURIComponent(voyage ?? ''), '/messages', '/messages?outcome=applied', '/messages/' + message, '/settings', '/nowhere',
  ]
}

async function nothingFound(page: Page): Promise<void> {
  for (const path of await pages()) {
    await page.goto(path)
    await settled(page)
    const { violations } = await page.evaluate(async () =>
      (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    expect(violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.html.slice(0, 200)} ${each.nodes[0]?.failureSummary}`)).toEqual([])
  }
}

for (const layout of ['phone', 'notebook'] as Layout[])
  for (const language of ['zh-TW', 'en'] as Language[])
    test(`axe finds nothing on any page: ${layout}, ${language}`, async () => nothingFound(await anOfficer({ layout, language, script: axe })), 120_000)

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
