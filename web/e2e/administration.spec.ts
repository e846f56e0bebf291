import { inject, expect, test } from 'vitest'
import axe from 'axe-core/axe.min.js?raw'
import { anAdministrator, confirm, signIn, threeWrongTries, visit } from './hand'
import { confirmed, letterTo, newcomer, PASSWORD, secretOf } from './newcomer'
import { anOfficer, officers, settled, type Language, type Layout } from './officer'
import { administrator, ask, second, unique } from './world'

officers()

const PAGES = ['/accounts', '/roles', '/roles/officer', '/units', '/policy', '/requests', '/audit?act=login', '/security']

test('an administrator sees that an officer is locked out, unlocks with a reason and the password, and finds it in the audit', async () => {
  await threeWrongTries('district')
  const page = await anAdministrator()
  await page.goto('/accounts?q=district')
  await page.locator('.list a', { hasText: 'locked' }).click()
  const reason = 'called back, ' + unique('R')
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.locator('dialog dd', { hasText: reason }).waitFor()
  await confirm(page, 'not it')
  await page.locator('dialog .note').waitFor()
  await page.getByRole('button', { name: 'Look again' }).click()
  await confirm(page)
  await page.getByText('Done.').waitFor()
  await page.locator('h1 .badge').waitFor({ state: 'detached' })

  await page.goto('/audit?act=account.unlock')
  await page.locator('li[data-entry]', { hasText: 'account:district' }).first().locator('summary').click()
  await page.locator('dd', { hasText: reason }).waitFor()
})

test('a role is asked for by one person and given by another', async () => {
  const { id, account } = await newcomer()
  const page = await anAdministrator('phone')
  await visit(page, '/accounts/' + id)
  const roles = page.locator('section[aria-labelledby="roles"]')
  await roles.getByLabel('Officer', { exact: true }).check()
  const why = unique('works at the desk ')
  await roles.getByLabel('Why these roles').fill(why)
  await roles.getByRole('button', { name: 'Ask for these roles' }).click()
  await confirm(page)
  await page.getByText('Asked for; a second person decides.').waitFor()
  await visit(page, '/requests')
  const asked = page.locator('.list li', { hasText: why })
  await asked.getByText('another administrator decides').waitFor()
  expect(await asked.getByRole('button', { name: 'Approve' }).count()).toBe(0)

  const other = await anAdministrator('phone', second())
  await visit(other, '/requests')
  const waiting = other.locator('.list li', { hasText: why })
  await waiting.getByText(account).first().waitFor()
  await waiting.getByLabel('Reason').fill('knows the desk')
  await waiting.getByRole('button', { name: 'Approve' }).click()
  await confirm(other, second().password)
  await other.getByText('Done.').waitFor()

  await visit(page, '/accounts/' + id)
  expect(await roles.getByLabel('Officer', { exact: true }).isChecked()).toBe(true)
})

test('a role’s change names what is granted and taken, and a refusal comes back with its reason', async () => {
  const page = await anAdministrator()
  await visit(page, '/roles')
  await page.getByRole('link', { name: 'Anti-smuggling officer' }).click()
  await page.locator('section[aria-labelledby="function-messages"]').getByLabel('read').check()
  await page.locator('section[aria-labelledby="function-record"]').getByLabel('export').uncheck()
  await page.getByLabel('Locks when idle').fill('300')
  const why = unique('squad ')
  await page.getByLabel('Reason').fill(why)
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  const sheet = page.locator('dialog')
  await sheet.getByText('messages.read').waitFor()
  expect(await sheet.innerText()).toMatch(/record\.export[\s\S]*600 → 300/)
  await confirm(page)
  await page.getByText('Asked for; a second person decides.').waitFor()

  const other = await anAdministrator('tablet', second())
  await visit(other, '/requests')
  const waiting = other.locator('.list li', { hasText: why })
  await waiting.getByLabel('Reason').fill('they need their exports')
  await waiting.getByRole('button', { name: 'Refuse' }).click()
  await confirm(other, second().password)
  await other.getByText('Done.').waitFor()

  await visit(page, '/requests')
  await page.getByRole('button', { name: 'Settled' }).click()
  await page.locator('.list li', { hasText: why }).getByText('they need their exports').waitFor()
  await visit(page, '/roles/anti-smuggling-officer')
  expect(await page.getByLabel('Locks when idle').inputValue()).toBe('600')
})

test('a number of the policy changes once two persons want it', async () => {
  const page = await anAdministrator()
  await visit(page, '/policy')
  await page.getByRole('button', { name: 'Change: Life of a setup secret' }).click()
  const value = page.getByLabel('New value')
  const before = Number(await value.inputValue())
  await value.fill(String(before + 1))
  const why = unique('holidays ')
  await page.getByLabel('Reason').fill(why)
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await page.locator('dialog dd', { hasText: `${before} → ${before + 1}` }).waitFor()
  await confirm(page)
  await page.getByText('Asked for; a second person decides.').waitFor()
  await visit(page, '/policy')
  await page.locator('.value', { hasText: new RegExp(`^${before} hours`) }).waitFor()

  const other = await anAdministrator('notebook', second())
  await visit(other, '/requests')
  const waiting = other.locator('.list li', { hasText: why })
  await waiting.getByLabel('Reason').fill('so do I')
  await waiting.getByRole('button', { name: 'Approve' }).click()
  await confirm(other, second().password)
  await other.getByText('Done.').waitFor()

  await visit(page, '/policy')
  await page.locator('.value', { hasText: new RegExp(`^${before + 1} hours`) }).waitFor()
})

test('more than one person may take away is asked for, agreed to by another, and fetched once', async () => {
  const page = await anAdministrator()
  await visit(page, '/list/movements')
  await page.locator('tbody tr').first().waitFor()
  await page.getByRole('button', { name: 'CSV' }).click()
  const why = unique('yearly report ')
  await page.getByLabel('Reason').fill(why)
  await page.getByRole('button', { name: 'Ask a second person' }).click()
  await page.locator('dialog dd', { hasText: why }).waitFor()
  await confirm(page)
  await page.getByText('Asked for; the file can be fetched').waitFor()

  const other = await anAdministrator('phone', second())
  await visit(other, '/requests')
  const waiting = other.locator('.list li', { hasText: why })
  await waiting.getByLabel('Reason').fill('they write it each year')
  await waiting.getByRole('button', { name: 'Approve' }).click()
  await confirm(other, second().password)
  await other.getByText('Done.').waitFor()

  await visit(page, '/requests')
  await page.getByRole('button', { name: 'Settled' }).click()
  const coming = page.waitForEvent('download')
  await page.locator('.list li', { hasText: why }).getByRole('link', { name: 'Fetch the file' }).click()
  const stream = await (await coming).createReadStream()
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  expect(text.trim().split('\n').length).toBeGreaterThan(1000)
})

test('a unit is added below a district and renamed, and an account can work in it', async () => {
  const code = unique('A-').slice(0, 20)
  const page = await anAdministrator('phone')
  await visit(page, '/units')
  await page.getByRole('button', { name: 'Add below: A', exact: true }).click()
  await page.getByLabel('Code').fill(code.toLowerCase())
  await page.getByLabel('Name in Chinese').fill('碼頭課')
  await page.getByLabel('Name in English').fill('Quay section')
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await page.locator('dialog dd', { hasText: code }).waitFor()
  await confirm(page)
  await page.getByText('Done.').waitFor()
  await page.getByRole('button', { name: `Rename: ${code}` }).click()
  await page.getByLabel('Name in English').fill('East quay section')
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await page.locator('dialog dd', { hasText: 'East quay section' }).waitFor()
  await confirm(page)
  await page.locator('li', { hasText: code }).getByText('East quay section').waitFor()

  const { id } = await newcomer()
  await visit(page, '/accounts/' + id)
  await page.getByLabel('Unit').selectOption(code)
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await confirm(page)
  await page.getByText('Done.').waitFor()
  await page.locator('section[aria-labelledby="about"]').getByText('East quay section').waitFor()
})

test('an account is made on the page, its owner sets a password with the secret of the letter, and signs in', async () => {
  const account = unique('made').toLowerCase()
  const page = await anAdministrator('phone')
  await visit(page, '/accounts')
  await page.getByRole('button', { name: 'New account' }).click()
  await page.getByLabel('Account (name to sign in)').fill(account)
  await page.getByLabel('Name in Chinese').fill('陳關員')
  await page.getByLabel('Name in English').fill('Officer Chen')
  await page.locator('.card').getByLabel('Unit').selectOption('B')
  await page.getByLabel('Mail').fill(account + '@example.test')
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await page.locator('dialog dd', { hasText: account }).first().waitFor()
  await confirm(page)
  await page.waitForURL('**/accounts/*-*')
  await page.locator('h1', { hasText: account }).waitFor()

  const owner = await anOfficer({ language: 'en', as: 'nobody' })
  await owner.goto('/setup')
  await owner.getByLabel('Setup secret').fill(secretOf(letterTo(account + '@example.test')))
  await owner.getByLabel('New password').fill(PASSWORD)
  await owner.getByRole('button', { name: 'Set the password' }).click()
  await owner.getByText('The password is set').waitFor()
  await owner.goto('/')
  await signIn(owner, account, PASSWORD)
  await owner.locator('.shell').waitFor()
})

test('an account that changed under the sheet is not changed by it', async () => {
  const { id } = await newcomer()
  const page = await anAdministrator()
  await visit(page, '/accounts/' + id)
  await page.getByLabel('Name in English').fill('First Wish')
  await page.getByRole('button', { name: 'Look and confirm' }).click()
  await page.locator('dialog dd', { hasText: 'First Wish' }).waitFor()
  const { version } = await ask<{ version: number }>(`/api/v1/accounts/${id}`, administrator())
  await confirmed(`/api/v1/accounts/${id}/change`, { nameZh: '他人', nameEn: 'Second Wish', unit: 'A', clearance: 0, version }, second())
  await confirm(page)

  await page.locator('dialog .note').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.reload()
  await page.locator('h1', { hasText: 'Second Wish' }).waitFor()
})

test('a sheet that is left alone lapses, and says so before the password is typed in vain', async () => {
  const { id } = await newcomer()
  const page = await anAdministrator()
  await page.clock.install()
  await visit(page, '/accounts/' + id)
  await page.getByLabel('Reason').fill('has left')
  await page.getByRole('button', { name: 'End the account' }).click()
  await page.getByText('This confirmation lapses in').waitFor()
  await page.clock.runFor(61_000)

  await page.getByRole('button', { name: 'Look again' }).waitFor()
  expect(await page.getByRole('button', { name: 'Confirm', exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.reload()
  await page.locator('h1').waitFor()
  expect(await page.locator('h1', { hasText: 'ended' }).count()).toBe(0)
})

test('an officer’s menu and pages hold nothing of administration', async () => {
  const page = await anOfficer({ language: 'en' })
  for (const path of ['/accounts', '/roles', '/units', '/policy', '/audit']) {
    await page.goto(path)
    await page.getByText('You do not have this permission').first().waitFor()
    expect(await page.locator(`.shell-side a[href="${path}"]`).count()).toBe(0)
  }
  expect(inject('officer').name).toBe('officer')
})

type Finding = { id: string; nodes: { html: string; failureSummary: string }[] }
for (const layout of ['phone', 'notebook'] as Layout[])
  for (const language of ['zh-TW', 'en'] as Language[])
    test(`axe finds nothing on the pages of administration, and none is too wide: ${layout}, ${language}`, async () => {
      const page = await anOfficer({ layout, language, script: axe, as: administrator() })
      const { id } = await newcomer()
      for (const path of [...PAGES, '/accounts/' + id]) {
        await page.goto(path)
        await settled(page)
        for (const more of await page.locator('button[aria-expanded="false"], li details:not([open]) > summary').all()) if (await more.isVisible()) await more.click()
        await settled(page)
        const { violations } = await page.evaluate(async () =>
          (window as unknown as { axe: { run(options: object): Promise<{ violations: Finding[] }> } }).axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
        expect(violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.html.slice(0, 200)} ${each.nodes[0]?.failureSummary}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
      }
    }, 120_000)

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
