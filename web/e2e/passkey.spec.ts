import type { CDPSession, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { signIn, threeWrongTries, visit } from './hand'
import { PASSWORD, settledNewcomer } from './newcomer'
import { anOfficer, officers, type Layout } from './officer'
import { administrator, url } from './world'

officers()

/** Passkeys belong to a name, which a bare address is not. */
const there = (path: string): string => url().replace('127.0.0.1', 'localhost') + path

/** A device with a screen lock of its own: Chromium's virtual authenticator, whose user is always verified until told otherwise. */
async function device(page: Page): Promise<{ wire: CDPSession; id: string }> {
  const wire = await page.context().newCDPSession(page)
  await wire.send('WebAuthn.enable')
  const { authenticatorId: id } = await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  return { wire, id }
}

async function addPasskey(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name of the passkey').fill('Field phone 7')
  await page.locator('section[aria-labelledby="passkeys"]').getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Add this passkey' }).click()
}

for (const layout of ['phone', 'notebook'] as Layout[])
  test(`an officer adds a passkey, signs in and unlocks with it, and takes it away again (${layout})`, async () => {
    const { account } = await settledNewcomer()
    const page = await anOfficer({ language: 'en', layout, as: 'nobody' })
    const { wire, id } = await device(page)
    await page.goto(there('/'))
    await signIn(page, account, PASSWORD)
    await page.locator('.shell').waitFor()
    await visit(page, there('/security'))
    await addPasskey(page, PASSWORD)
    await page.locator('.codes').waitFor()
    expect(await page.locator('.codes code').count()).toBe(10)
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('Field phone 7').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)

    await visit(page, there('/settings'))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.locator('.shell').waitFor()

    // The password alone is half the way in now, and the passkey the other half.
    await visit(page, there('/settings'))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await signIn(page, account, PASSWORD)
    await page.getByRole('heading', { name: 'Second factor' }).waitFor()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.locator('.shell').waitFor()

    await page.evaluate(async () => {
      const { csrf } = (await (await fetch('/api/v1/me')).json()) as { csrf: string }
      await fetch('/api/v1/session/lock', { method: 'POST', headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body: '{}' })
    })
    await page.goto(there('/security'))
    await page.getByRole('heading', { name: 'The screen is locked' }).waitFor()
    // Whoever holds the device without being its user gets nowhere.
    await wire.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false })
    await page.getByRole('button', { name: 'Unlock with a passkey' }).click()
    await page.getByText('The passkey was not used').waitFor()
    await wire.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: true })
    await page.getByRole('button', { name: 'Unlock with a passkey' }).click()
    await page.locator('.shell').waitFor()

    await visit(page, there('/security'))
    await page.getByRole('button', { name: 'Remove Field phone 7' }).click()
    await page.locator('section[aria-labelledby="passkeys"]').getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('No passkey is set up').waitFor()
  })

test('an administrator confirms a change with a passkey in place of the password', async () => {
  const { id, account } = await settledNewcomer()
  await threeWrongTries(account)
  const admin = administrator()
  const page = await anOfficer({ language: 'en', as: 'nobody' })
  await page.context().addCookies(admin.cookies.map(([name, value]) => ({ name, value, url: there('/').replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' as const })))
  await device(page)
  await visit(page, there('/security'))
  await addPasskey(page, admin.password)
  await page.getByText('Field phone 7').waitFor()

  await visit(page, there('/accounts/' + id))
  await page.getByLabel('Reason').fill('called back')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.locator('dialog dd', { hasText: 'called back' }).waitFor()
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click()
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
  await page.getByText('Done.').waitFor()
  const signedIn = await fetch(url() + '/api/v1/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account, password: PASSWORD }) })
  expect(signedIn.status).toBe(200)

  await visit(page, there('/security'))
  await page.getByRole('button', { name: 'Remove Field phone 7' }).click()
  await page.locator('section[aria-labelledby="passkeys"]').getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('No passkey is set up').waitFor()
})
