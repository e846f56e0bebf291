// The squad's batch over a slow line in real Chromium, for `./tongguan bench batch`: what a first and a second visit take,
// and from the last of so many scans to as many confirmed results. Reads its settings as JSON from its environment, and
// prints one line of JSON.
import { chromium } from 'playwright-core'

const { base, cookie, password, keys } = JSON.parse(process.env.TONGGUAN_BATCH ?? '{}')
/** 3.5G: 1.6 Mbit/s each way, a round trip of 300 ms. */
const LINE = { offline: false, latency: 300, downloadThroughput: 1.6e6 / 8, uploadThroughput: 1.6e6 / 8 }
const PATIENCE = { timeout: 120_000 }

const browser = await chromium.launch({ executablePath: process.env.TONGGUAN_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en' })
await context.addInitScript(() => {
  localStorage.setItem('tongguan.language', 'en')
  localStorage.setItem('tongguan.sound', 'off')
})
await context.addCookies(cookie.split('; ').map((one) => ({ name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1), url: base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' })))
const page = await context.newPage()
const line = await context.newCDPSession(page)
await line.send('Network.enable')
await line.send('Network.emulateNetworkConditions', LINE)

/** What crossed the line: as the browser counts it, head and body as compressed, and what was sent. */
const crossed = new Map()
line.on('Network.requestWillBeSent', ({ requestId, request }) => crossed.set(requestId, { path: new URL(request.url).pathname, sent: (request.postData ?? '').length, got: 0 }))
line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
  const one = crossed.get(requestId)
  if (one) one.got = encodedDataLength
})
const sum = (all, of) => all.reduce((total, one) => total + of(one), 0)

async function visit() {
  crossed.clear()
  const began = performance.now()
  await page.goto(base + '/batch')
  await page.locator('main h1').waitFor(PATIENCE)
  return { ms: Math.round(performance.now() - began), bytes: sum([...crossed.values()], (one) => one.got), requests: crossed.size }
}

const first = await visit()
await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
await page.waitForTimeout(1500)
const again = await visit()

/** As a wired scanner types; the keys come from within the page, because a driver's own keys take longer than a scanner's. */
await page.evaluate((numbers) => {
  for (const number of numbers) for (const key of [...number, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}, keys.slice(0, -1))
await page.locator(`[data-count="${keys.length - 1}"]`).waitFor(PATIENCE)

crossed.clear()
const began = performance.now()
await page.evaluate((number) => {
  for (const key of [...number, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}, keys.at(-1))
await page.locator(`[data-known="${keys.length}"]`).waitFor(PATIENCE)
const known = performance.now()
await page.locator('#choose-shown').click()
await page.locator('#flag').click()
await page.locator('#flag-go').click()
await page.locator('#confirm-password').fill(password, PATIENCE)
await page.keyboard.press('Enter')
await page.locator(`[data-results="${keys.length}"]`).waitFor(PATIENCE)
const done = performance.now()
const calls = [...crossed.values()].filter((one) => one.path.startsWith('/api/'))
// What follows by itself is not waited for by anybody.
const own = calls.filter((one) => !one.path.endsWith('/look-up')).concat(calls.filter((one) => one.path.endsWith('/look-up')).slice(0, 1))
console.log(JSON.stringify({
  first, again, keys: keys.length, toKnown: Math.round(known - began), toResults: Math.round(done - began),
  roundTrips: own.length, got: sum(own, (one) => one.got), sent: sum(own, (one) => one.sent), calls: own,
}))
await browser.close()
