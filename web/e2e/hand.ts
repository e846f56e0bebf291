import type { Page } from 'playwright-core'
import { anOfficer, settled, type Layout } from './officer'
import { administrator, url, type Signed } from './world'

/** What an administrator does with a page, in the words of the page. */
export const anAdministrator = (layout: Layout = 'notebook', as: Signed = administrator()): Promise<Page> => anOfficer({ language: 'en', layout, as })

export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

/** Reads the sheet, enters the password and confirms. */
export async function confirm(page: Page, password = administrator().password): Promise<void> {
  await page.getByLabel('Enter your password once more').fill(password)
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
}

/** From the page of a device, until the sheet with the code shows. */
export async function askForACode(page: Page, device: { id: string }): Promise<void> {
  await visit(page, '/devices/' + device.id)
  const card = page.locator('section[aria-labelledby="certificates"]')
  await card.getByLabel('Reason').fill('new')
  await card.getByRole('button', { name: 'Make a code to enrol it' }).click()
  await confirm(page)
  await page.locator('dialog', { hasText: 'Enrol the device' }).locator('svg').waitFor()
}

export async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('Account').fill(account)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Tries to, and gives what is answered and shown; the page is ready for the next try then. */
export async function triesInVain(page: Page, account: string, password: string): Promise<string> {
  // The page also asks there which ways in exist.
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/login') && response.request().method() === 'POST')
  await signIn(page, account, password)
  const answer = await answered
  await page.getByRole('alert').waitFor()
  await page.getByRole('button', { name: 'Sign in', exact: true, disabled: false }).waitFor()
  return `${answer.status()} ${((await answer.json()) as { code: string }).code} ${await page.getByRole('alert').innerText()}`
}

/** As someone who does not know the password, past the browser. */
export async function threeWrongTries(account: string): Promise<void> {
  for (let i = 0; i < 3; i++)
    await fetch(url() + '/api/v1/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account, password: 'wrong' }) })
}
