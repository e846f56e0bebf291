import { beforeEach, expect, test, vi } from 'vitest'
import { countKept, forgetAll, keep, kept, keepTable, recent, table } from './store'
import { nameOf, resume, seal, shred, unseal } from './vault'

const dossier = (key: string, opened: number) => ({ key, etag: '"1"', body: { key }, fetched: opened, opened })

const KEY = btoa('k'.repeat(32))

beforeEach(async () => {
  await unseal('me', KEY, Date.now() + 60_000, {})
  await forgetAll()
})

test('the device keeps the last two hundred dossiers and drops the one opened longest ago', async () => {
  for (let i = 0; i < 201; i++) await keep(dossier('K' + i, i))

  expect(await countKept()).toBe(200)
  expect(await kept('K0')).toBeUndefined()
  expect((await kept('K1'))?.opened).toBe(1)
})

test('a dossier opened again is not the oldest any more', async () => {
  for (let i = 0; i < 200; i++) await keep(dossier('K' + i, i))
  await keep(dossier('K0', 1000))
  await keep(dossier('NEW', 1001))

  expect(await kept('K0')).toBeDefined()
  expect(await kept('K1')).toBeUndefined()
})

test('the latest looked up comes first', async () => {
  await keep(dossier('A', 1))
  await keep(dossier('B', 3))
  await keep(dossier('C', 2))

  expect((await recent(2)).map((each) => each.key)).toEqual(['B', 'C'])
})

test('deleting leaves nothing, the code tables included', async () => {
  await keep(dossier('A', 1))
  await keepTable('reference', null, {})
  await forgetAll()

  expect(await countKept()).toBe(0)
  expect(await table('reference')).toBeUndefined()
})

test('what one officer kept is not there for another, nor for anyone once the screen is locked', async () => {
  await keep(dossier('A', 1))

  await seal()
  expect(await kept('A')).toBeUndefined()
  expect(await recent(5)).toEqual([])
  await unseal('other', btoa('o'.repeat(32)), Date.now() + 60_000, {})
  expect(await kept('A')).toBeUndefined()
  expect(await countKept()).toBe(0)

  await unseal('me', KEY, Date.now() + 60_000, {})
  expect((await kept('A'))?.key).toBe('A')
})

test('a key whose time is over opens nothing, nor one that a clock turned back would bring to life', async () => {
  await unseal('me', KEY, Date.now() - 1, {})
  expect(await resume()).toBeUndefined()

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  await unseal('me', KEY, Date.now() + 60_000, {})
  vi.setSystemTime(Date.now() - 3_600_000)
  expect(await resume()).toBeUndefined()
  vi.useRealTimers()
})

test('the officer’s share opens nothing once this device’s half is gone', async () => {
  await keep(dossier('A', 1))

  await shred()
  await unseal('me', KEY, Date.now() + 60_000, {})

  expect(await kept('A')).toBeUndefined()
  expect((await recent(5)).length).toBe(0)
})

test('a number cannot be tried: its name on the device depends on the key', async () => {
  const name = await nameOf('TGHU7654321')
  await unseal('me', btoa('x'.repeat(32)), Date.now() + 60_000, {})

  expect(await nameOf('TGHU7654321')).not.toBe(name)
  await seal()
  expect(await nameOf('TGHU7654321')).toBeUndefined()
})

test('nothing that opens anything lies on the device', async () => {
  await keep(dossier('A', 1))
  const db = await new Promise<IDBDatabase>((found) => {
    const asked = indexedDB.open('tongguan-key')
    asked.onsuccess = () => found(asked.result)
  })
  const lying = await new Promise<unknown[]>((found) => {
    const asked = db.transaction('half').objectStore('half').getAll() as IDBRequest<unknown[]>
    asked.onsuccess = () => found(asked.result)
  })
  db.close()

  expect(lying).toHaveLength(1)
  expect(lying[0]).toSatisfy((half: unknown) => ArrayBuffer.isView(half) && half.byteLength === 32)
})
