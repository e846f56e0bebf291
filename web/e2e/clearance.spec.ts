import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { anOfficer, look, officers, settled } from './officer'
import { ask, officer, second } from './world'

officers()

const SLOW = 90_000
type Work = { items: { key: string; phase: string; next?: string; waitingFor: string[]; officer?: string }[]; counts: Record<string, number> }

/** An open declaration of the officer's unit that nothing holds and nobody has. */
async function anOpenOne(): Promise<string> {
  const { items } = await ask<Work>('/api/v1/work?of=unit')
  const found = items.find((each) => !each.waitingFor.includes('hold') && !each.officer)
  if (!found) throw new Error('nothing is open in this world')
  return found.key
}

const next = (page: Page) => page.locator('section[aria-labelledby="next-acts"]')

async function confirm(page: Page): Promise<void> {
  await page.locator('#confirm-password').fill(officer().password)
  await page.locator('dialog').getByRole('button', { name: 'Confirm' }).click()
  await page.locator('dialog').waitFor({ state: 'detached' })
}

async function signOut(page: Page): Promise<void> {
  const out = page.getByRole('button', { name: 'Sign out of Customs administration' })
  if (await out.isVisible()) await out.click()
  await page.getByRole('button', { name: 'Sign in at Customs administration' }).waitFor()
}

async function signIn(page: Page, password: string): Promise<void> {
  const open = page.getByRole('button', { name: 'Sign in at Customs administration' })
  if (await open.isVisible()) await open.click()
  const form = page.getByRole('form', { name: 'Sign in at Customs administration' })
  await form.getByLabel('Your account there').fill('wang')
  await form.getByLabel('Your password there').fill(password)
  await form.getByRole('button', { name: 'Sign in' }).click()
}

async function hold(page: Page, reason: string): Promise<void> {
  await next(page).getByRole('button', { name: 'Hold', exact: true }).click()
  await next(page).getByLabel('Reason').fill(reason)
  await next(page).getByRole('button', { name: 'Look at it and confirm' }).click()
  await confirm(page)
}

test('an act goes to the core system in the officer’s name, is seen pending and then done, and refused with its reason', async () => {
  const declaration = await anOpenOne()
  const page = await anOfficer({ layout: 'phone', language: 'en' })
  await page.goto('/core')
  await settled(page)
  await signOut(page)

  await signIn(page, 'not this one')
  await page.getByText('E-LOGIN 帳號或密碼錯誤 (account or password are wrong)').waitFor()
  await signIn(page, 'customs wang 1')
  await page.locator('#core-customs').locator('..').getByText('Signed in as wang').waitFor()

  await look(page, declaration)
  await hold(page, 'the seal is not the one declared')
  await next(page).getByText('Hold: confirmed, and on its way to the core system.').waitFor()
  await next(page).getByText('Hold: done by the core system.').waitFor({ timeout: 40_000 })
  // What the core system tells moves the declaration, on the page that is open as well.
  await page.locator('.state .badge', { hasText: 'hold' }).waitFor({ timeout: 40_000 })

  await hold(page, 'once more')
  await next(page).getByText('Hold: refused by the core system.').waitFor({ timeout: 40_000 })
  await next(page).getByRole('status').getByText('E31 已在管制中 (on hold already)').waitFor()

  await page.goto('/commands')
  await settled(page)
  await page.getByText('E31 已在管制中 (on hold already)').first().waitFor()
}, SLOW)

test('an act for a system where the officer is not signed in asks for the sign-in first, and says why others cannot be done', async () => {
  const declaration = await anOpenOne()
  const page = await anOfficer({ language: 'en' })
  await page.goto('/core')
  await settled(page)
  await signOut(page)

  await look(page, declaration)
  await next(page).getByRole('button', { name: 'Hold', exact: true }).click()
  await next(page).getByText('This is done in your name at Customs administration. Sign in there first.').waitFor()
  await signIn(page, 'customs wang 1')
  await next(page).getByLabel('Reason').waitFor()

  await next(page).getByText('What cannot be done now, and why').click()
  await next(page).getByText('It has been accepted already').first().waitFor()
}, SLOW)

test('two officers on one device share no sign-in', async () => {
  const first = await anOfficer({ language: 'en' })
  await first.goto('/core')
  await settled(first)
  await signOut(first)
  await signIn(first, 'customs wang 1')
  await first.getByText('Signed in as wang').first().waitFor()
  await first.getByText('These are the sign-ins of Officer Wang (officer) and of nobody else.').waitFor()

  const other = await anOfficer({ language: 'en', as: second() })
  await other.goto('/core')
  await settled(other)

  await other.getByText('These are the sign-ins of Deputy Director Li (second) and of nobody else.').waitFor()
  await other.getByRole('button', { name: 'Sign in at Customs administration' }).waitFor()
  expect(await other.getByText('Signed in as').count()).toBe(0)
}, SLOW)

test('an officer begins with what waits, and takes a declaration on and gives it back', async () => {
  const declaration = await anOpenOne()
  const page = await anOfficer({ layout: 'phone', language: 'en' })
  await page.goto('/')
  await settled(page)
  expect(await page.locator('main h1').innerText()).toBe('My work')
  await page.getByRole('button', { name: 'Open in my unit' }).click()
  await page.locator(`main .items a[href="/d?k=${encodeURIComponent(declaration)}"]`).click()
  await page.waitForURL('**/d?k=*')

  await next(page).getByRole('button', { name: 'Take it on' }).click()
  await confirm(page)
  await next(page).getByText('With officer').waitFor()
  await page.goto('/')
  await settled(page)
  await page.getByRole('button', { name: 'Taken on by me' }).click()
  await page.locator(`main .items a[href="/d?k=${encodeURIComponent(declaration)}"]`).click()
  await next(page).getByRole('button', { name: 'Give it back' }).click()
  await confirm(page)
  await next(page).getByText('Nobody has taken it on').waitFor()
}, SLOW)
