import axe from 'axe-core/axe.min.js?raw'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { anOfficer, officers, settled } from './officer'
import { ask, first, officer } from './world'

officers()

type Axe = { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

/** Nothing for axe to find, nothing wider than the phone, and every target large enough for a thumb. */
async function fitForAHand(page: Page): Promise<void> {
  const { violations } = await page.evaluate(async () => (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 200)}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  const small = await page.locator('main .ways button, main fieldset label, main .take label').evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 48).length)
  expect(small).toBe(0)
}

/** A picture with its own bytes, so that no other run has sent it, as if the camera had given it. */
const photograph = (page: Page): Promise<void> =>
  page.locator('.take input').last().evaluate(async (input: HTMLInputElement) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 300
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const pixels = context.createImageData(300, 300)
    for (let at = 0; at < pixels.data.length; at++) pixels.data[at] = Math.random() * 256
    context.putImageData(pixels, 0, 0)
    const blob = (await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 1))) as Blob
    const files = new DataTransfer()
    files.items.add(new File([blob], 'goods.jpg', { type: 'image/jpeg' }))
    input.files = files.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })

test('an examination is filled in with one hand, loses nothing on reload, and its photo is sent', async () => {
  const declaration = (await first('/api/v1/declarations?channel=C3M&limit=1'))['key'] as string
  const page = await anOfficer({ layout: 'phone', script: axe })
  await page.goto('/examine?k=' + encodeURIComponent(declaration))
  await settled(page)
  const next = page.locator('.ways .main')
  await page.getByLabel('開驗件數').first().fill('7')
  await fitForAHand(page)
  await next.click()
  await page.locator('input[aria-describedby^="differs"]').first().fill('1')
  await page.getByText('差異').first().waitFor()
  await fitForAHand(page)
  await next.click()
  for (const group of ['產地標示', '智慧財產權', '華盛頓公約物種']) await page.getByRole('group', { name: group }).getByText('未查').click()
  await fitForAHand(page)
  await next.click()
  await page.getByText('新增不符事項').click()
  await page.getByLabel('說明').fill('數量短少')
  await page.getByLabel('金額').fill('1250.5')
  await fitForAHand(page)

  // Loaded anew in the middle of it: the same step, with what was typed.
  await page.reload()
  await settled(page)
  await expect.poll(() => page.getByLabel('說明').inputValue()).toBe('數量短少')
  expect(await page.getByLabel('金額').inputValue()).toBe('1250.5')
  await next.click()

  // The line breaks while the photo is on its way; it is sent on when there is a line again.
  await page.route('**/pieces?**', (route) => route.abort())
  await photograph(page)
  await page.getByText('待上傳').waitFor()
  await fitForAHand(page)
  await page.unroute('**/pieces?**')
  await page.reload()
  await settled(page)
  await page.getByText('已上傳').waitFor()
  expect(await page.locator('main img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(300)
  const { items } = await ask<{ items: { sha256: string; officer: string }[] }>(`/api/v1/declarations/${encodeURIComponent(declaration)}/photos`)
  expect(items.map((photo) => photo.officer)).toContain(officer().name)

  await next.click()
  await page.locator('.result').getByText('不符').waitFor()
  await fitForAHand(page)
  // Whether it may be recorded now is the platform's to say, and it says it.
  await next.click()
  await page.locator('dialog [role="alert"], dialog dl').first().waitFor()
  await page.locator('dialog').getByText('取消').click()

  await page.getByText('捨棄草稿').click()
  await page.getByText('再按一次捨棄').click()
  await page.waitForURL('**/d?k=*')
  await page.goto('/examine?k=' + encodeURIComponent(declaration))
  await settled(page)
  expect(await page.getByLabel('開驗件數').first().inputValue()).toBe('')
}, 90_000)

test('a bonded check is planned, counted on the spot, signed and closed with its report', async () => {
  const page = await anOfficer({ layout: 'phone', script: axe })
  await page.goto('/bonded')
  await settled(page)
  await page.getByText('排定查核').first().click()
  await page.getByLabel('保稅場所編號').fill('WA0042')
  await page.getByLabel('場所名稱').fill('基隆保稅倉庫')
  await page.getByLabel('統一編號').fill('04595257')
  await page.getByLabel('日期').fill('2026-12-01')
  await page.getByLabel(/帳載項目/).fill('P1,積體電路,PCE,100\nP2,晶圓,KGM,3.5')
  await fitForAHand(page)
  await page.locator('main form .main').click()
  await page.locator('#confirm-password').fill(officer().password)
  await page.locator('dialog .main').click()

  await page.getByText('基隆保稅倉庫').first().waitFor()
  await page.locator('input[aria-describedby="d-P1"]').fill('98')
  await page.getByText('差異 -2 PCE').waitFor()
  await page.reload()
  await settled(page)
  await expect.poll(() => page.locator('input[aria-describedby="d-P1"]').inputValue()).toBe('98')
  await page.getByText('與帳載相符').last().click()
  for (const yes of await page.locator('fieldset label:first-of-type').all()) await yes.click()
  await page.getByLabel('場所代表姓名').fill('林淑芬')
  const pad = page.locator('svg.pad')
  await pad.scrollIntoViewIfNeeded()
  const box = (await pad.boundingBox()) as { x: number; y: number; width: number; height: number }
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 120, box.y + 70, { steps: 5 })
  await page.mouse.up()
  await fitForAHand(page)
  await page.getByRole('button', { name: '結案' }).click()
  await page.locator('#confirm-password').fill(officer().password)
  await page.locator('dialog .main').click()

  await page.getByText('查核已結案').waitFor()
  await fitForAHand(page)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下載報告').click()])
  expect(download.suggestedFilename()).toMatch(/^bonded-check-.*\.pdf$/)
}, 90_000)
