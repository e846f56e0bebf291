import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { anOfficer, officers, settled, type Layout } from './officer'
import { hostile } from './hostile'
import { post, postEdifact, unique } from './world'

officers()

/** What declarants may send reaches the screen as text and as nothing else; posted as real messages, by the real door. */
const company = String(10_000_000 + (Date.now() % 89_999_999))
const payload = (text: string, number: string) => ({
  declaration: number, declarationKind: 'G1', origin: 'CN', grossKg: 12, packages: 1, packageUnit: 'CT',
  trader: { name: text, companyNumber: company, address: text }, declarant: { name: text, boxNumber: '0001' }, counterparty: { name: text },
  items: [{ line: 1, commodityCode: '95030090003', description: text, quantity: 1, unit: 'PCE' }],
})

/** A manifest of one bill, whose goods and whose parties are the text. */
function manifest(text: string, voyage: string, bill: string): string {
  const safe = text.replace(/[?:+*']/g, '?$&')
  return [
    'BGM+85+' + unique('DOC') + '+9', 'DTM+137:202611180905:203', `TDT+20+${voyage}+1++COSU+++9074729:146:11:SHIP`, 'CNI+1', 'RFF+BM:' + bill,
    'NAD+CN+++' + safe, 'NAD+CZ+++' + safe, 'GID+1+1:CT', 'FTX+AAA+++' + safe,
  ].map((segment) => segment + "'").join('')
}

async function untouched(page: Page, where: string): Promise<void> {
  const { ran, wide } = await page.evaluate(() => ({ ran: (window as unknown as { ran?: string }).ran, wide: document.documentElement.scrollWidth - innerWidth }))
  expect(ran, where).toBeUndefined()
  expect(wide, where).toBeLessThanOrEqual(0)
}

/** Looks at the list of all and at the dossier of each: nothing ran, nothing is wider than the page, and `look` finds what it wants. */
async function showAll(texts: string[], keys: string[], list: string, look: (page: Page, text: string) => Promise<void> = async () => undefined): Promise<void> {
  for (const layout of ['phone', 'notebook'] as Layout[]) {
    const page = await anOfficer({ layout })
    await page.goto(list)
    await page.locator('tbody tr').nth(49).waitFor()
    for (let rows = 50; (await page.locator('button.more').count()) > 0; rows += 50) {
      // The page may have taken the button away with the last rows while we looked at it.
      await page.locator('button.more').click({ timeout: 3000 }).catch(() => undefined)
      await page.locator('tbody tr').nth(Math.min(rows + 49, texts.length - 30)).waitFor()
    }
    await untouched(page, layout + ' list')
    for (const key of layout === 'phone' ? keys : keys.slice(0, 12)) {
      await page.evaluate((to) => {
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
      }, '/d?k=' + encodeURIComponent(key))
      await page.waitForURL('**/d?k=' + encodeURIComponent(key))
      await settled(page)
      const more = page.locator('summary').first()
      if ((await more.count()) > 0) await more.click({ timeout: 500 }).catch(() => {})
      await untouched(page, `${layout} ${texts[keys.indexOf(key)]}`)
      await look(page, texts[keys.indexOf(key)] ?? '')
    }
  }
}

test('120 hostile texts in the fields of declarants run no script and break no layout', async () => {
  const texts = hostile()
  expect(texts.length).toBeGreaterThanOrEqual(120)
  const day = String(Date.now()).slice(-4)
  const keys = texts.map((_, i) => `AA  99${day}${String(i).padStart(4, '0')}`)
  const { messages } = await post(texts.map((text, i) => ({ kind: 'NX5105', payload: payload(text, keys[i] ?? '') })))
  void messages

  await showAll(texts, keys, `/list/flow?trader=${company}`)
}, 120_000)

test('120 hostile texts in the goods and names of a manifest (EDIFACT) do neither', async () => {
  const texts = hostile()
  const voyage = unique('V')
  const keys = texts.map(() => unique('HOSTILE'))
  const { messages } = await postEdifact(texts.map((text, i) => manifest(text, voyage, keys[i] ?? '')))
  expect(messages.filter((each) => each.outcome !== 'applied')).toEqual([])

  await showAll(texts, keys, '/list/manifest?voyage=' + encodeURIComponent('9074729/' + voyage), async (page, text) =>
    // Shown as it was sent, but for what stands around it.
    expect(await page.locator('.goods').first().textContent()).toContain(text.trim()))
}, 180_000)

test('a text of a million characters is refused at the door and its message can still be read', async () => {
  const { messages } = await post([{ kind: 'NX5105', payload: payload('貨'.repeat(1_000_000), 'AA  990000ZZZZ') }])
  expect(messages[0]?.outcome).toBe('quarantined')
  const page = await anOfficer({ layout: 'phone' })

  await page.goto('/messages/' + messages[0]?.id)
  await page.locator('pre').waitFor()

  await untouched(page, 'a million characters')
  expect((await page.locator('pre').boundingBox())?.height).toBeLessThan(600)
})

test('hostile texts typed into the box and sent in the address are text too', async () => {
  const page = await anOfficer({ layout: 'phone' })
  for (const text of hostile().slice(0, 30)) {
    await page.goto('/d?k=' + encodeURIComponent(text))
    await settled(page).catch(() => {})
    await untouched(page, text)
  }
  await post([{ kind: 'nonsense', payload: { text: '<img src=x onerror=ran=1>', more: unique('X') } }])
  await page.goto('/messages')
  await page.locator('.list a').first().waitFor()
  await untouched(page, 'messages')
}, 90_000)
