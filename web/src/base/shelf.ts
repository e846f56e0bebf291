/**
 * A shelf of rows that outlive a page that is closed, a network that is gone and a browser that is ended: sealed like all
 * that the device keeps, each under a name that tells nothing. What another officer left is not to be read, and is left
 * where it is until its own officer is back.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { close, nameOf, open, owner, type Sealed } from './vault'

type Shut = { name: string; account: string; order: number; sealed: Sealed }

interface Schema extends DBSchema {
  row: { key: string; value: Shut; indexes: { order: [string, number] } }
}

let opening: Promise<IDBPDatabase<Schema>> | undefined

const database = (): Promise<IDBPDatabase<Schema>> =>
  (opening ??= openDB<Schema>('tongguan-batch', 1, {
    upgrade: (db) => void db.createObjectStore('row', { keyPath: 'name' }).createIndex('order', ['account', 'order']),
    blocking: () => void leaveShelf(),
    terminated: () => (opening = undefined),
  }))

/** Lets go of the database, so that it can be deleted. */
export async function leaveShelf(): Promise<void> {
  const db = await opening?.catch(() => undefined)
  opening = undefined
  db?.close()
}

export type Row = { key: string; order: number }

/** Puts rows there, or others in their place; when this is done they are on the disk. */
export async function put<T extends Row>(rows: T[]): Promise<void> {
  const account = owner()
  if (!account) throw new Error('nobody is in')
  const shut = await Promise.all(rows.map(async (row) => ({ name: await nameOf(row.key), order: row.order, sealed: await close(row) })))
  const tx = (await database()).transaction('row', 'readwrite', { durability: 'strict' })
  for (const { name, order, sealed } of shut) if (name && sealed) void tx.store.put({ name, account, order, sealed })
  await tx.done
}

/** All that can be read, in their order. */
export async function all<T extends Row>(): Promise<T[]> {
  const account = owner()
  if (!account) return []
  const shut = await (await database()).getAllFromIndex('row', 'order', IDBKeyRange.bound([account, 0], [account, Infinity]))
  const rows = await Promise.all(shut.map((one) => open<T>(one.sealed)))
  return rows.filter((row) => row !== undefined)
}

export async function take(keys: string[]): Promise<void> {
  const names = await Promise.all(keys.map((key) => nameOf(key)))
  const tx = (await database()).transaction('row', 'readwrite')
  for (const name of names) if (name) void tx.store.delete(name)
  await tx.done
}
