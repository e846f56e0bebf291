import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lookUp, type Lookup } from '../dossier/lookup'
import { database, forgetAll, keep } from '../base/store'
import { seal, shred, unseal } from '../base/vault'
import { drop, fetchPack, packed, packs, sweep } from './packs'

const KEY = btoa('k'.repeat(32))
const AS_OF = '2026-11-25T01:02:03.456789Z'
const NUMBER = 'AA  9912345678'
const dossier = (kind: string, key: string) => ({ subject: { kind, key }, state: {} })

const LINES = [
  { package: 'voyage', key: '9074729/0123E', asOf: AS_OF, dossiers: 2, left: 3 },
  { kind: 'container', key: 'CSQU3054383', dossier: dossier('container', 'CSQU3054383') },
  { kind: 'declaration', key: NUMBER, next: { declaration: NUMBER, version: 'v1', acts: [] }, dossier: dossier('declaration', NUMBER) },
  { end: true, dossiers: 2 },
].map((line) => JSON.stringify(line) + '\n')

/** The platform answers with this, cut into pieces that have nothing to do with lines. */
function answers(text: string, broken = false): void {
  const bytes = new TextEncoder().encode(text)
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(new ReadableStream({
    start(stream) {
      for (let i = 0; i < bytes.length; i += 7) stream.enqueue(bytes.slice(i, i + 7))
      if (broken) stream.error(new TypeError('network'))
      else stream.close()
    },
  }))))
}
const take = () => fetchPack('voyage', '9074729/0123E', () => undefined)
const parts = async (): Promise<number> => (await database()).count('part')

beforeEach(async () => {
  await unseal('me', KEY, Date.now() + 60_000, {})
  await forgetAll()
})
afterEach(() => vi.unstubAllGlobals())

test('a package is kept with its age and size, and each number in it is found however it was typed', async () => {
  answers(LINES.join(''))
  const told: [number, number][] = []

  await fetchPack('voyage', '9074729/0123E', (come, of) => told.push([come, of]))

  expect(told).toEqual([[1, 2], [2, 2]])
  const [pack] = await packs()
  expect(pack).toMatchObject({ kind: 'voyage', key: '9074729/0123E', asOf: Date.parse(AS_OF), dossiers: 2, left: 3 })
  expect(pack?.bytes).toBeGreaterThan(200)
  expect((await packed('csqu 305438-3'))?.dossier.subject.key).toBe('CSQU3054383')
  expect((await packed('AA/  /99/1234/5678'))?.next?.version).toBe('v1')
  expect(await packed('CSQU3054384')).toBeUndefined()
})

test('one that was cut off leaves nothing, and the one before it stays', async () => {
  answers(LINES.join(''))
  await take()
  const before = await packs()

  answers(LINES.slice(0, 3).join(''), true)
  expect((await take()).kind).toBe('offline')
  answers(LINES.slice(0, 3).join(''))
  expect((await take()).kind).toBe('offline')

  expect(await packs()).toEqual(before)
  expect(await parts()).toBe(2)
})

test('the new one of the same work takes the place of the old one, and deleting leaves nothing', async () => {
  answers(LINES.join(''))
  await take()
  await take()
  const [pack, ...others] = await packs()
  expect(others).toEqual([])
  expect(await parts()).toBe(2)

  await drop(pack?.id ?? '')
  expect(await packs()).toEqual([])
  expect(await parts()).toBe(0)
})

test('parts whose package never became whole are swept', async () => {
  await (await database()).put('part', { pack: 'gone', name: 'n', sealed: { iv: new Uint8Array(12), data: new ArrayBuffer(1) } })
  await sweep()
  expect(await parts()).toBe(0)
})

test('nothing of it is there for another officer, for a locked screen, or in the open', async () => {
  answers(LINES.join(''))
  await take()
  const lying = JSON.stringify(await (await database()).getAll('part')) + JSON.stringify(await (await database()).getAll('pack'))
  expect(lying).not.toContain('CSQU')
  expect(lying).not.toContain('9074729')

  await seal()
  expect(await packs()).toEqual([])
  expect(await packed('CSQU3054383')).toBeUndefined()
  await unseal('other', btoa('o'.repeat(32)), Date.now() + 60_000, {})
  expect(await packs()).toEqual([])
  expect(await packed('CSQU3054383')).toBeUndefined()
  await shred()
  await unseal('me', KEY, Date.now() + 60_000, {})
  expect(await packed('CSQU3054383')).toBeUndefined()
})

test('without a network the look-up answers from the package, with its age, unless something newer is there', async () => {
  answers(LINES.join(''))
  await take()
  const offline = async (): Promise<Lookup | undefined> => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
    let last: Lookup | undefined
    await lookUp('CSQU3054383', (found) => (last = found))
    return last
  }

  expect(await offline()).toMatchObject({ kind: 'dossier', from: 'device', fetched: Date.parse(AS_OF) })
  const newer = Date.parse(AS_OF) + 1000
  await keep({ key: 'CSQU3054383', etag: '"1"', body: dossier('container', 'CSQU3054383'), fetched: newer, opened: newer })
  expect(await offline()).toMatchObject({ from: 'device', fetched: newer })
})
