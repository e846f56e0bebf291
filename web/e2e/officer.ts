import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Certified } from './phone.mjs'
import { officer, url, type Signed } from './world'

export const LAYOUTS = { phone: { width: 390, height: 844 }, tablet: { width: 820, height: 1180 }, notebook: { width: 1366, height: 768 } } as const
export type Layout = keyof typeof LAYOUTS
export type Language = 'zh-TW' | 'en'

let browser: Browser
const open: BrowserContext[] = []
const complaints: string[] = []

/** Each spec file calls this once: one Chromium, a fresh device per officer, and no complaint left unheard. */
export function officers(more: string[] = []): void {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', ...more],
    })
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((context) => context.close()))
    expect(complaints.splice(0), 'the browser complained').toEqual([])
  })
  afterAll(() => browser.close())
}

/** The page's own errors and every report of the content policy count; a refused request is an answer, not an error. */
function listen(page: Page): void {
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push('a dialog opened: ' + dialog.message())
    void dialog.dismiss()
  })
}

/** `device`: through the door with TLS, with the certificate of this device. */
type Wish = { layout?: Layout; language?: Language; worker?: boolean; script?: string; as?: Signed | 'nobody'; device?: Certified }

export async function anOfficer({ layout = 'notebook', language = 'zh-TW', worker = false, script, as = officer(), device }: Wish = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: LAYOUTS[layout], hasTouch: layout !== 'notebook', baseURL: device?.origin ?? url(), serviceWorkers: worker ? 'allow' : 'block',
    // The platform's own authority is in no list of the browser; that it is the right one the code has said.
    ...(device ? { ignoreHTTPSErrors: true, clientCertificates: [{ origin: device.origin, cert: device.cert, key: device.key }] } : {}),
  })
  open.push(context)
  context.setDefaultTimeout(15_000)
  if (as !== 'nobody') await context.addCookies(as.cookies.map(([name, value]) => ({ name, value, url: url().replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' as const })))
  if (language === 'en') await context.addInitScript(() => localStorage.getItem('tongguan.language') ?? localStorage.setItem('tongguan.language', 'en'))
  if (script) await context.addInitScript(script)
  const page = await context.newPage()
  listen(page)
  return page
}

/** Waits until the page shows what it was asked for, not that it is asking. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('main .waiting'))
}

export async function look(page: Page, key: string): Promise<void> {
  await page.goto('/d?k=' + encodeURIComponent(key))
  await settled(page)
}

export const heading = (page: Page): Promise<string> => page.locator('main h1').first().innerText()
/** A link of the dossier, not of the trail above it. */
export const link = (page: Page, key: string) => page.locator(`.columns a.ref[href="/d?k=${encodeURIComponent(key)}"]`).first()
