import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { all } from '../base/shelf'
import { unseal } from '../base/vault'
import { Batch } from './batch'
import { fits, NO_RULE, sorted, standOf, weightOff, type Scan } from './rows'

let cut = false
let requests: string[][] = []

beforeEach(async () => {
  cut = false
  requests = []
  await unseal('officer-' + crypto.randomUUID(), btoa('k'.repeat(32)), Date.now() + 600_000, {})
  vi.stubGlobal('fetch', (_: string, init: { body: string }) => {
    if (cut) return Promise.reject(new TypeError('no network'))
    const keys = (JSON.parse(init.body) as { keys: string[] }).keys
    requests.push(keys)
    const items = keys.map(() => ({ found: true, declaration: 'CA  1500000001', phase: 'ready' }))
    return Promise.resolve(new Response(JSON.stringify({ items }), { headers: { 'Content-Type': 'application/json' } }))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const number = (i: number): string => `SQ${String(i).padStart(8, '0')}`

test('twenty a second for a minute with the network cut in the middle are 1,200 rows, on the disk and looked up', { timeout: 60_000 }, async () => {
  const batch = new Batch()
  await batch.start()
  let slowest = 0
  for (let i = 0; i < 1200; i++) {
    cut = i >= 400 && i < 800
    const began = performance.now()
    await batch.scan(number(i))
    slowest = Math.max(slowest, performance.now() - began)
  }
  expect(await all()).toHaveLength(1200)
  console.log(`slowest of 1200 scans ${Math.round(slowest)} ms`)

  await vi.waitFor(() => expect(batch.scans.filter((scan) => scan.item)).toHaveLength(1200), { timeout: 20_000 })

  expect(new Set(batch.scans.map((scan) => scan.key)).size).toBe(1200)
  expect(Math.max(...requests.map((keys) => keys.length))).toBeLessThanOrEqual(500)
  batch.stop()
})

test('a page that is loaded anew has all of it, and asks for what was not answered', async () => {
  cut = true
  const first = new Batch()
  await first.start()
  await first.scan('csqu 3054383')
  await first.note('CSQU3054383', 'torn')
  await vi.waitFor(() => expect(first.cut).toBe(true))
  first.stop()

  cut = false
  const second = new Batch()
  await second.start()
  await vi.waitFor(() => expect(second.scans[0]?.item?.phase).toBe('ready'))
  expect(second.scans).toHaveLength(1)
  expect(second.scans[0]?.note).toBe('torn')
})

test('what was scanned already is told and counted, not added', async () => {
  const batch = new Batch()
  await batch.start()
  expect(await batch.scan('SQ00000001')).toBe(true)
  expect(await batch.scan('sq00000001')).toBe(false)
  await vi.waitFor(() => expect(batch.scans[0]?.times).toBe(2))
  expect(batch.scans).toHaveLength(1)
})

test('nobody else reads what an officer scanned', async () => {
  const batch = new Batch()
  await batch.start()
  await batch.scan('SQ00000001')
  await unseal('another', btoa('k'.repeat(32)), Date.now() + 600_000, {})
  expect(await all()).toEqual([])
})

test('many that wait at once are one request', async () => {
  cut = true
  const batch = new Batch()
  await batch.start()
  for (let i = 0; i < 50; i++) await batch.scan(number(i))
  await vi.waitFor(() => expect(batch.cut).toBe(true))
  cut = false
  batch.ask([])
  await vi.waitFor(() => expect(batch.scans.filter((scan) => scan.item)).toHaveLength(50), { timeout: 6000 })
  expect(requests.at(-1)).toHaveLength(50)
  batch.stop()
})

const scan = (key: string, item: Scan['item'], order = 1): Scan => ({ key, order, at: 0, times: 1, ...(item ? { item } : {}) })

test('each number stands where the worst that is known of it puts it', () => {
  const flag = { id: 'f', state: 'done', by: 'lin', at: '' } as const
  expect(standOf(scan('CSQU3054384', undefined))).toBe('wrong')
  expect(standOf(scan('CSQU3054383', undefined))).toBe('waiting')
  expect(standOf(scan('A', { found: false }))).toBe('unknown')
  expect(standOf(scan('A', { found: true, declaration: 'D', phase: 'released', flag, conflict: 'flagged' }))).toBe('conflict')
  expect(standOf(scan('A', { found: true, declaration: 'D', phase: 'examination', flag }))).toBe('flagged')
  expect(standOf(scan('A', { found: true, declaration: 'D', phase: 'ready', flag: { ...flag, outcome: 'inspected' } }))).toBe('ready')
  expect(standOf(scan('A', { found: true, bill: 'B' }))).toBe('undeclared')
  expect(standOf(scan('A', { found: true, declaration: 'D', phase: 'duty', held: true }))).toBe('held')
})

test('a rule takes what is off its declared weight, of a channel, of a word', () => {
  const heavy = scan('A', { found: true, declaration: 'D', phase: 'duty', channel: 'C3M', manifestKg: 12, declaredKg: 10, goods: 'Lamps' })
  expect(weightOff(heavy)).toBeCloseTo(20)
  expect(fits(heavy, { ...NO_RULE, off: 15, channel: 'C3', text: 'lamp' })).toBe(true)
  expect(fits(heavy, { ...NO_RULE, off: 25 })).toBe(false)
  expect(fits(heavy, { ...NO_RULE, stands: ['released'] })).toBe(false)
  const light = scan('B', { found: true, declaration: 'E', phase: 'ready', channel: 'C1' }, 2)
  expect(sorted([light, heavy], 'risk').map((one) => one.key)).toEqual(['A', 'B'])
  expect(sorted([heavy, light], 'scanned').map((one) => one.key)).toEqual(['B', 'A'])
})
