import { expect, test } from 'vitest'
import { confirm, signIn, triesInVain, visit, anAdministrator } from './hand'
import { confirmed, letterTo, PASSWORD, settledNewcomer } from './newcomer'
import { anOfficer, officers, settled } from './officer'
import { codeOf } from './signin.mjs'

officers()

const outside = (): ReturnType<typeof anOfficer> => anOfficer({ language: 'en', layout: 'phone', as: 'nobody' })

test('an officer sets up an authenticator, and from then on the password alone is half the way in', async () => {
  const { account } = await settledNewcomer()
  const page = await outside()
  await page.goto('/')
  await signIn(page, account, PASSWORD)
  await page.locator('.shell').waitFor()
  await visit(page, '/security')
  await page.getByRole('button', { name: 'Set up codes' }).click()
  await page.locator('section[aria-labelledby="factors"]').getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up codes' }).click()
  const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '')
  await page.getByLabel('Code (6 digits)').fill('000000')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.locator('.note').waitFor()
  const first = codeOf(secret)
  await page.getByLabel('Code (6 digits)').fill(first)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.locator('.codes').waitFor()
  const codes = await page.locator('.codes code').allInnerTexts()
  expect(codes).toHaveLength(10)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('An authenticator is set up').waitFor()
  await page.getByText('Recovery codes left: 10').waitFor()

  await visit(page, '/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, account, PASSWORD)
  await page.getByRole('heading', { name: 'Second factor' }).waitFor()
  await page.goto('/accounts')
  await page.getByRole('heading', { name: 'Second factor' }).waitFor()
  expect(await page.locator('nav').count()).toBe(0)
  // The code that set it up has been used and works no more.
  await page.getByLabel('Code (6 digits)').fill(first)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(codes[0] ?? '')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.locator('.shell').waitFor()
  await visit(page, '/security')
  await page.getByText('Recovery codes left: 9').waitFor()
})

test('three wrong passwords lock an officer out, the right one reads like a wrong one, and an administrator lets them in again', async () => {
  const { id, account } = await settledNewcomer()
  const page = await outside()
  await page.goto('/')
  const said: string[] = []
  for (const password of ['wrong one', 'wrong two', 'wrong three', PASSWORD]) {
    said.push(await triesInVain(page, account, password))
  }
  expect(said[0]).toContain('401 login-refused')
  expect(said).toEqual(said.map(() => said[0]))

  await confirmed(`/api/v1/accounts/${id}/unlock`, { reason: 'called back' })
  await signIn(page, account, PASSWORD)
  await page.locator('.shell').waitFor()
  await page.getByText('4 tries at your account were refused').waitFor()
  await page.getByRole('button', { name: 'I have seen it' }).click()
  await page.getByText('tries at your account').waitFor({ state: 'detached' })
  await page.reload()
  await settled(page)
  expect(await page.getByText('tries at your account').count()).toBe(0)
})

test('left alone the screen locks by itself in every window, and the password opens it', async () => {
  const { account } = await settledNewcomer()
  const page = await outside()
  await page.clock.install()
  await page.goto('/')
  await signIn(page, account, PASSWORD)
  await page.locator('.shell').waitFor()
  const name = 'CSQU3054383'
  await page.goto('/d?k=' + name)
  await settled(page)
  const other = await page.context().newPage()
  await other.goto('/settings')
  await settled(other)
  await page.clock.fastForward(16 * 60_000)

  await page.getByRole('heading', { name: 'The screen is locked' }).waitFor()
  await other.getByRole('heading', { name: 'The screen is locked' }).waitFor()
  expect(await page.content()).not.toContain(name)
  expect(await page.evaluate(async () => (await fetch('/api/v1/dossiers?key=CSQU3054383')).status)).toBe(423)
  await page.getByLabel('Password').fill('not this one')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.locator('.shell').waitFor()
})

test('an officer sees their sessions and ends the one on another device', async () => {
  const { account } = await settledNewcomer()
  const [page, lost] = [await outside(), await outside()]
  for (const each of [page, lost]) {
    await each.goto('/')
    await signIn(each, account, PASSWORD)
    await each.locator('.shell').waitFor()
  }
  await visit(page, '/security')
  await page.locator('section[aria-labelledby="sessions"] .count', { hasText: '2' }).waitFor()
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await page.locator('section[aria-labelledby="sessions"] .count', { hasText: '1' }).waitFor()

  await lost.goto('/list/flow')
  await lost.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('changing the password needs the one of now and ends all other sessions', async () => {
  const { account } = await settledNewcomer()
  const [page, other] = [await outside(), await outside()]
  for (const each of [page, other]) {
    await each.goto('/')
    await signIn(each, account, PASSWORD)
    await each.locator('.shell').waitFor()
  }
  await visit(page, '/security')
  await page.getByLabel('Password now').fill('a wrong one')
  await page.getByLabel('New password').fill('another harbour, at night')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Password now').fill(PASSWORD)
  await page.getByLabel('New password').fill('another harbour, at night')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('The password is changed').waitFor()

  await other.goto('/list/flow')
  await other.getByRole('heading', { name: 'Sign in' }).waitFor()
  await triesInVain(other, account, PASSWORD)
  await signIn(other, account, 'another harbour, at night')
  await other.locator('.shell').waitFor()
})

test('recovery codes that an administrator sends come to the owner alone', async () => {
  const { id, mail } = await settledNewcomer()
  const page = await anAdministrator('tablet')
  await visit(page, '/accounts/' + id)
  await page.getByLabel('Reason').fill('lost the phone')
  await page.getByRole('button', { name: 'Send recovery codes' }).click()
  await confirm(page)
  await page.getByText('Done.').waitFor()

  const codes = letterTo(mail).trim().split(/\s+/).slice(-10)
  const shown = await page.content()
  expect(codes.filter((code) => shown.includes(code))).toEqual([])
})

test('passwords can be pasted, kept by the browser and looked at', async () => {
  const page = await outside()
  await page.goto('/')
  const field = page.getByLabel('Password')
  expect(await field.getAttribute('autocomplete')).toBe('current-password')
  expect(await page.getByLabel('Account').getAttribute('autocomplete')).toBe('username')
  await field.evaluate((input: HTMLInputElement) => {
    const data = new DataTransfer()
    data.setData('text/plain', 'pasted')
    if (input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))) input.value = 'pasted'
  })
  expect(await field.inputValue()).toBe('pasted')
  expect(await field.getAttribute('type')).toBe('password')
  await page.getByRole('button', { name: 'Show' }).click()
  expect(await field.getAttribute('type')).toBe('text')
})
