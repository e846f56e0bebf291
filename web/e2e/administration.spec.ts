import { inject, expect, test } from 'vitest'
import axe from 'axe-core/axe.min.js?raw'
import { anOfficer, officers, settled, type Language, type Layout } from './officer'
import { administrator, unique, url } from './world'

officers()

const PAGES = ['/accounts', '/roles', '/requests', '/audit', '/security']

async function threeWrongTries(account: string): Promise<void> {
  for (let i = 0; i < 3; i++)
    await fetch(url() + '/api/v1/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account, password: 'wrong' }) })
}

test('an administrator sees that an officer is locked out, unlocks with a reason and the password, and finds it in the audit', async () => {
  await threeWrongTries('district')
  const page = await anOfficer({ language: 'en', as: administrator() })
  await page.goto('/accounts?q=district')
  await page.locator('.list a', { hasText: 'locked' }).click()
  const reason = 'called back, ' + unique('R')
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.locator('dialog dd', { hasText: reason }).waitFor()
  await page.getByLabel('Enter your password once more').fill('not it')
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await page.locator('dialog .note').waitFor()
  await page.getByRole('button', { name: 'Look again' }).click()
  await page.getByLabel('Enter your password once more').fill(administrator().password)
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await page.getByText('Done.').waitFor()
  await page.locator('h1 .badge').waitFor({ state: 'detached' })

  await page.goto('/audit?act=account.unlock')
  await page.locator('li[data-entry]', { hasText: 'account:district' }).first().waitFor()
})

test('a role is asked for by one person and waits for another', async () => {
  const page = await anOfficer({ language: 'en', as: administrator(), layout: 'phone' })
  await page.goto('/accounts?q=squad')
  await page.locator('.list a').first().click()
  await page.getByLabel('Reason').fill('also works at the desk')
  await page.locator('#roles ~ ul label', { hasText: 'Officer' }).last().click()
  await page.getByRole('button', { name: 'Ask for these roles' }).click()
  await page.getByLabel('Enter your password once more').fill(administrator().password)
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await page.getByText('Asked for; a second person decides.').waitFor()

  await page.goto('/requests')
  await page.locator('li', { hasText: 'also works at the desk' }).first().waitFor()
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
})

test('an officer’s menu and pages hold nothing of administration', async () => {
  const page = await anOfficer({ language: 'en' })
  await page.goto('/accounts')
  await page.getByText('You do not have this permission').waitFor()
  expect(await page.locator('.shell-side a[href="/accounts"]').count()).toBe(0)
  expect(inject('officer').name).toBe('officer')
})

type Finding = { id: string; nodes: { html: string; failureSummary: string }[] }
for (const layout of ['phone', 'notebook'] as Layout[])
  for (const language of ['zh-TW', 'en'] as Language[])
    test(`axe finds nothing on the pages of administration, and none is too wide: ${layout}, ${language}`, async () => {
      const page = await anOfficer({ layout, language, script: axe, as: administrator() })
      for (const path of PAGES) {
        await page.goto(path)
        await settled(page)
        const { violations } = await page.evaluate(async () =>
          (window as unknown as { axe: { run(options: object): Promise<{ violations: Finding[] }> } }).axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
        expect(violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.html.slice(0, 200)} ${each.nodes[0]?.failureSummary}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
      }
    }, 60_000)

for (const layout of ['phone', 'notebook'] as Layout[])
  test(`axe finds nothing before the door: ${layout}`, async () => {
    const page = await anOfficer({ layout, script: axe, as: 'nobody' })
    for (const path of ['/', '/setup']) {
      await page.goto(path)
      await page.locator('h1').waitFor()
      const { violations } = await page.evaluate(async () => (window as unknown as { axe: { run(options: object): Promise<{ violations: Finding[] }> } }).axe.run({ resultTypes: ['violations'] }))
      expect(violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.html.slice(0, 200)}`)).toEqual([])
    }
  })
