import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { database, forgetAll, release } from '../base/store'
import { seal, unseal } from '../base/vault'
import { countOpen, enqueue, forgetMine, items, remove, settle } from './outbox'
import { confirmed, look } from './sending'

const KEY = btoa('k'.repeat(32))
const me = () => unseal('me', KEY, Date.now() + 60_000, {})
const act = (number: string, base = 'v1') =>
  enqueue({ kind: 'clearance.act', base, body: { parameters: { number }, input: { act: 'accept' } }, about: { subject: 'declaration', key: number, act: 'Accept', asOf: 1, assumed: { phase: 'lodged' } } })
const states = async (): Promise<string[]> => (await items()).map(({ outcome }) => outcome.state)

type Asked = { path: string; body: { items?: { id: string; base: string; sequence: number }[] } }
/** The platform, which answers each path with what a function makes of the items. */
function platform(answers: Record<string, (asked: Asked) => { status?: number; body: object } | undefined>): Asked[] {
  const heard: Asked[] = []
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    const asked = { path, body: JSON.parse(body) as Asked['body'] }
    heard.push(asked)
    const answer = Object.entries(answers).find(([end]) => path.endsWith(end))?.[1](asked)
    return answer ? Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })) : Promise.reject(new TypeError('network'))
  })
  return heard
}

beforeEach(async () => {
  await me()
  await (await database()).clear('outbox')
})
afterEach(() => vi.unstubAllGlobals())

test('what is put in stays in its order, over a closed database and a locked screen', async () => {
  for (const number of ['A', 'B', 'C']) expect(await act(number)).toBe(true)
  await seal()
  expect(await items()).toEqual([])
  expect(await act('D')).toBe(false)
  await release()

  await me()
  expect((await items()).map((item) => [item.sequence, item.about.key])).toEqual([[1, 'A'], [2, 'B'], [3, 'C']])
})

test('nothing of it lies open, and clearing what can be had again leaves it', async () => {
  await act('SECRETNUMBER')
  await forgetAll()
  const lying = await (await database()).getAll('outbox')
  expect(JSON.stringify(lying)).not.toContain('SECRET')
  expect(Object.keys(lying[0] ?? {}).sort()).toEqual(['account', 'id', 'open', 'sealed', 'sequence'])
  expect(await states()).toEqual(['waiting'])
})

test('officers on one device have an outbox each, and one who leaves takes only the own', async () => {
  await act('A')
  await unseal('other', btoa('o'.repeat(32)), Date.now() + 60_000, {})
  expect(await items()).toEqual([])
  await act('B')
  expect(await countOpen()).toEqual({ mine: 1, others: 1 })

  await forgetMine('other')
  expect(await countOpen()).toEqual({ mine: 0, others: 1 })
  await me()
  expect((await items()).map((item) => item.about.key)).toEqual(['A'])
})

test('a later item comes behind those that were removed', async () => {
  await act('A')
  await act('B')
  await remove((await items()).slice(0, 1).map((item) => item.id))
  await act('C')
  expect((await items()).map((item) => item.about.key)).toEqual(['B', 'C'])
})

test('the platform looks at all of them, and what is ready goes into one confirmation in its order', async () => {
  for (const number of ['A', 'B', 'C', 'D']) await act(number)
  const heard = platform({
    '/draft': ({ body }) => ({ body: { report: (body.items ?? []).map(({ id }, i) => (i === 1 ? { id, verdict: 'conflict', title: 'moved', version: 'v2', now: { phase: 'released' } } : i === 2 ? { id, verdict: 'refused', title: 'no' } : { id, verdict: 'ready' })) } }),
  })

  const looked = await look()

  expect(heard[0]?.body.items?.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
  expect(looked).toMatchObject({ kind: 'ready', input: { items: [{ sequence: 1, base: 'v1' }, { sequence: 4 }] } })
  expect(await states()).toEqual(['waiting', 'conflict', 'refused', 'waiting'])
  expect((await items())[1]?.outcome).toMatchObject({ version: 'v2', now: { phase: 'released' } })
})

test('what was confirmed when the line broke goes on without being confirmed again', async () => {
  await act('A')
  await act('B')
  const ids = (await items()).map((item) => item.id)
  platform({})
  expect((await confirmed({ items: ids.map((id) => ({ id })) }, 'bundle1')).kind).toBe('offline')
  expect(await states()).toEqual(['confirmed', 'confirmed'])
  await release()

  const heard = platform({ '/bundle1/run': () => ({ body: { items: [{ id: ids[0], result: 'done' }, { id: ids[1], result: 'conflict', title: 'moved', version: 'v2', now: {} }] } }) })
  expect(await look()).toEqual({ kind: 'nothing' })
  expect(heard.map(({ path }) => path)).toEqual(['/api/v1/field/bundles/bundle1/run'])
  expect(await states()).toEqual(['done', 'conflict'])
})

test('a confirmation that does not hold any more is asked for anew, and what was done in it is known by its id', async () => {
  await act('A')
  await act('B')
  const [first, second] = (await items()).map((item) => item.id)
  for (const id of [first, second]) await settle(id ?? '', { state: 'confirmed', bundle: 'old' })
  const heard = platform({
    '/old/run': () => ({ status: 409, body: { code: 'bundle-over', title: 'over', status: 409 } }),
    '/draft': () => ({ body: { report: [{ id: first, verdict: 'done' }, { id: second, verdict: 'ready' }] } }),
  })

  expect(await look()).toMatchObject({ kind: 'ready', input: { items: [{ id: second }] } })
  expect(heard).toHaveLength(2)
  expect(await states()).toEqual(['done', 'waiting'])
})

test('nothing is lost when the platform refuses the whole, as for a core system that wants a log-in', async () => {
  await act('A')
  platform({ '/draft': () => ({ status: 409, body: { code: 'core-sign-in-needed', title: 'sign in', status: 409, system: 'sea' } }) })
  expect(await look()).toMatchObject({ kind: 'problem', problem: { system: 'sea' } })
  expect(await states()).toEqual(['waiting'])
})
