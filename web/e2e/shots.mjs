// Pictures of every page in three sizes and both languages, for the eye: npm run shots -- FOLDER [page ...], with TONGGUAN_URL.
import { mkdirSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { fleetOf } from './shot-fleet.mjs'
import { signIn } from './signin.mjs'

const base = process.env.TONGGUAN_URL ?? 'http://127.0.0.1:8080'
const [folder = 'shots', ...only] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const signed = await signIn(base, readFileSync(process.env.TONGGUAN_ACCOUNTS_FILE ?? '../var/demo-accounts.txt', 'utf8'), process.env.TONGGUAN_ACCOUNT ?? 'officer')
const { cookies } = signed
const Cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ')
const first = async (path) => (await (await fetch(base + path, { headers: { Cookie } })).json()).items[0] ?? {}
const of = (key) => '/d?k=' + encodeURIComponent(key ?? '')
/** A number that two records bear; the sample world has none, so it is sent like any message. */
const same = 'SAMENUMBER1'
await fetch(base + '/api/v1/messages', {
  method: 'POST',
  headers: { Authorization: 'Bearer ' + readFileSync(process.env.TONGGUAN_TOKEN_FILE ?? '../var/senders/local-import.token', 'utf8').trim(), 'Content-Type': 'application/json' },
  body: JSON.stringify([
    ['discharge-permit', { permit: same, voyage: { imo: '9074729', voyageNumber: '0123E' }, scope: 'all' }],
    ['examination', { examination: same, declaration: 'AA  159900000A', method: 'X', result: 'assigned' }],
  ].map(([kind, payload]) => ({ kind, reference: 'SHOTS-' + kind, sender: 'TWCUS-KEL', eventTime: '2026-11-20T08:30:00+08:00', payload }))),
})
const c3x = (await first('/api/v1/declarations?channel=C3X&limit=1')).key
const voyage = (await first('/api/v1/voyages?mode=sea&to=2026-11-18&limit=1')).key
const box = (await first('/api/v1/movements?movement=gate-out&limit=1')).container
const pages = {
  home: '/', container: of(box), declaration: of(c3x), voyage: of(voyage), company: of((await first('/api/v1/bonded-checks?limit=1')).company),
  examination: of((await first('/api/v1/examinations?limit=1')).key), unknown: of('CSQU3054380'), candidates: of(same), flow: '/list/flow', movements: '/list/movements', voyages: '/list/voyages',
  manifest: '/list/manifest?voyage=' + encodeURIComponent(voyage), messages: '/messages', message: '/messages/' + (await first('/api/v1/messages?outcome=quarantined&limit=1')).id, core: '/core', commands: '/commands', settings: '/settings', security: '/security', accounts: '/accounts', roles: '/roles', role: '/roles/officer', units: '/units', policy: '/policy', requests: '/requests', audit: '/audit',
}
// Whoever looks after devices sees some.
Object.assign(pages, await fleetOf(base, signed))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
for (const language of ['zh-TW', 'en'])
  for (const [width, height] of [[390, 844], [820, 1180], [1366, 768]]) {
    const context = await browser.newContext({ viewport: { width, height }, locale: language, serviceWorkers: 'block', hasTouch: width < 1000 })
    await context.addInitScript((spoken) => localStorage.setItem('tongguan.language', spoken), language)
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' })))
    const page = await context.newPage()
    for (const [name, path] of Object.entries(pages)) {
      if (only.length > 0 && !only.includes(name)) continue
      await page.goto(base + path)
      await page.locator('main h1').first().waitFor()
      await page.waitForTimeout(250)
      await page.screenshot({ path: `${folder}/${name}-${width}-${language}.png`, fullPage: process.env.TONGGUAN_SHOTS === 'whole' })
    }
    await context.close()
  }
await browser.close()
