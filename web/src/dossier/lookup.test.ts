import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetAll, keep } from '../base/store'
import { unseal } from '../base/vault'
import { lookUp, type Lookup } from './lookup'

const dossier = { subject: { kind: 'container', key: 'CSQU3054383' }, state: {} }
const answer = (status: number, body?: object, headers: Record<string, string> = {}): Response =>
  new Response(body && JSON.stringify(body), { status, headers })

async function look(typed: string, response: () => Response | Promise<Response>): Promise<{ shown: Lookup[]; asked: Headers }> {
  const fetched = vi.fn<typeof fetch>().mockImplementation(() => Promise.resolve(response()))
  vi.stubGlobal('fetch', fetched)
  const shown: Lookup[] = []
  await lookUp(typed, (found) => shown.push(found))
  return { shown, asked: new Headers(fetched.mock.calls[0]?.[1]?.headers) }
}
const seen = () => keep({ key: 'CSQU3054383', etag: '"v1"', body: dossier, fetched: 1000, opened: 1000 })

beforeEach(async () => {
  await unseal('me', btoa('k'.repeat(32)), Date.now() + 60_000, {})
  await forgetAll()
})
afterEach(() => vi.unstubAllGlobals())

test('a first look-up shows the platform’s answer and keeps it', async () => {
  const { shown, asked } = await look('csqu 305438-3', () => answer(200, dossier, { ETag: '"v1"' }))
  expect(shown).toMatchObject([{ kind: 'dossier', from: 'server' }])
  expect(asked.has('If-None-Match')).toBe(false)

  const again = await look('CSQU3054383', () => answer(304))
  expect(again.asked.get('If-None-Match')).toBe('"v1"')
  expect(again.shown).toMatchObject([{ from: 'asking' }, { kind: 'dossier', from: 'unchanged' }])
})

test('without a network the device’s copy stays, with the age that it has', async () => {
  await seen()
  const { shown } = await look('CSQU3054383', () => Promise.reject(new TypeError('network')))
  expect(shown.at(-1)).toMatchObject({ kind: 'dossier', from: 'device', fetched: 1000 })
})

test('without a network a number never seen is said to be so', async () => {
  const { shown } = await look('CSQU3054383', () => Promise.reject(new TypeError('network')))
  expect(shown).toEqual([{ kind: 'offline' }])
})

test('a platform that is too busy takes nothing away that the device has', async () => {
  await seen()
  const { shown } = await look('CSQU3054383', () => answer(503, { code: 'busy', title: 'busy', status: 503 }))
  expect(shown.at(-1)).toMatchObject({ kind: 'dossier', from: 'device' })
})

test('a number that is unknown now is said to be unknown, also when the device remembers it', async () => {
  await seen()
  const { shown } = await look('CSQU3054383', () => answer(404, { code: 'unknown-key', title: 'unknown', status: 404 }))
  expect(shown.at(-1)).toMatchObject({ kind: 'problem', problem: { code: 'unknown-key' } })
})

test('an answer that is no JSON is a problem and not an empty dossier', async () => {
  const { shown } = await look('CSQU3054383', () => new Response('<html>proxy</html>', { status: 200 }))
  expect(shown).toMatchObject([{ kind: 'problem', problem: { code: 'unreadable-answer' } }])
})

test('several records of one number are candidates and are not kept', async () => {
  const { shown } = await look('SAME', () => answer(200, { candidates: [{ kind: 'permit', key: 'SAME' }] }))
  expect(shown).toMatchObject([{ kind: 'candidates' }])
})
