import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { close, nameOf, open, owner, type Sealed } from './vault'

/** What the device keeps to work without a network: the last dossiers, sealed, and the code tables. */
const KEPT_DOSSIERS = 200

export type Kept = { key: string; etag: string | null; body: unknown; fetched: number; opened: number }

type Shut = { name: string; account: string; opened: number; sealed: Sealed }

/** A package that was taken along: what it is, sealed. */
type ShutPack = { id: string; account: string; sealed: Sealed }
/** One dossier of a package. */
type ShutPart = { pack: string; name: string; sealed: Sealed }
/** Something done without a network; only its place in the order and whether it is over can be read without the key. */
type ShutItem = { id: string; account: string; sequence: number; open: 0 | 1; sealed: Sealed }

interface Schema extends DBSchema {
  sealed: { key: string; value: Shut; indexes: { opened: [string, number] } }
  table: { key: string; value: { name: string; etag: string | null; body: unknown } }
  pack: { key: string; value: ShutPack; indexes: { account: string } }
  part: { key: [string, string]; value: ShutPart; indexes: { name: string } }
  outbox: { key: string; value: ShutItem; indexes: { order: [string, number]; open: [string, number] } }
}

let opening: Promise<IDBPDatabase<Schema>> | undefined

export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('tongguan', 4, {
    upgrade(db, from) {
      // What version 1 kept was not sealed, and what version 2 kept was sealed under a key that lay beside it.
      if (from === 1) (db as unknown as IDBPDatabase).deleteObjectStore('dossier')
      if (from === 2) db.deleteObjectStore('sealed')
      if (from < 1) db.createObjectStore('table', { keyPath: 'name' })
      if (from < 3) db.createObjectStore('sealed', { keyPath: 'name' }).createIndex('opened', ['account', 'opened'])
      if (from < 4) {
        db.createObjectStore('pack', { keyPath: 'id' }).createIndex('account', 'account')
        db.createObjectStore('part', { keyPath: ['pack', 'name'] }).createIndex('name', 'name')
        const outbox = db.createObjectStore('outbox', { keyPath: 'id' })
        outbox.createIndex('order', ['account', 'sequence'])
        outbox.createIndex('open', ['account', 'open'])
      }
    },
    blocking: () => void release(),
    terminated: () => (opening = undefined),
  })
  return opening
}

/** Lets go of the database, so that it can be deleted. */
export async function release(): Promise<void> {
  const db = await opening?.catch(() => undefined)
  opening = undefined
  db?.close()
}

/** Of this officer, the oldest first. */
const mine = (account: string): IDBKeyRange => IDBKeyRange.bound([account, 0], [account, Infinity])

export async function keep(dossier: Kept): Promise<void> {
  const account = owner()
  const sealed = await close(dossier)
  const name = await nameOf(dossier.key)
  if (!account || !sealed || !name) return
  const db = await database()
  const tx = db.transaction('sealed', 'readwrite')
  await tx.store.put({ name, account, opened: dossier.opened, sealed })
  const index = tx.store.index('opened')
  let surplus = (await index.count(mine(account))) - KEPT_DOSSIERS
  for (let oldest = await index.openCursor(mine(account)); oldest && surplus > 0; surplus--) {
    await oldest.delete()
    oldest = await oldest.continue()
  }
  await tx.done
}

export async function kept(key: string): Promise<Kept | undefined> {
  const name = await nameOf(key)
  const shut = name && (await (await database()).get('sealed', name))
  return shut ? open<Kept>(shut.sealed) : undefined
}

/** The latest first. */
export async function recent(limit: number): Promise<Kept[]> {
  const account = owner()
  if (!account) return []
  const db = await database()
  const shut: Sealed[] = []
  let cursor = await db.transaction('sealed').store.index('opened').openCursor(mine(account), 'prev')
  while (cursor && shut.length < limit) {
    shut.push(cursor.value.sealed)
    cursor = await cursor.continue()
  }
  const opened = await Promise.all(shut.map((sealed) => open<Kept>(sealed)))
  return opened.filter((each) => each !== undefined)
}

export async function countKept(): Promise<number> {
  const account = owner()
  return account ? (await database()).countFromIndex('sealed', 'opened', mine(account)) : 0
}

/** What can be had again; the outbox stays. */
export async function forgetAll(): Promise<void> {
  const db = await database()
  for (const store of ['sealed', 'table', 'pack', 'part'] as const) await db.clear(store)
}

export async function table(name: string): Promise<{ etag: string | null; body: unknown } | undefined> {
  return (await database()).get('table', name)
}

export async function keepTable(name: string, etag: string | null, body: unknown): Promise<void> {
  await (await database()).put('table', { name, etag, body })
}
