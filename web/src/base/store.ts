import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** What the device keeps to work without a network: the last dossiers and the code tables. */
const KEPT_DOSSIERS = 200

export type Kept = { key: string; etag: string | null; body: unknown; fetched: number; opened: number }

interface Schema extends DBSchema {
  dossier: { key: string; value: Kept; indexes: { opened: number } }
  table: { key: string; value: { name: string; etag: string | null; body: unknown } }
}

let opening: Promise<IDBPDatabase<Schema>> | undefined

function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('tongguan', 1, {
    upgrade(db) {
      db.createObjectStore('dossier', { keyPath: 'key' }).createIndex('opened', 'opened')
      db.createObjectStore('table', { keyPath: 'name' })
    },
  })
  return opening
}

export async function keep(dossier: Kept): Promise<void> {
  const db = await database()
  const tx = db.transaction('dossier', 'readwrite')
  await tx.store.put(dossier)
  let surplus = (await tx.store.count()) - KEPT_DOSSIERS
  for (let oldest = await tx.store.index('opened').openCursor(); oldest && surplus > 0; surplus--) {
    await oldest.delete()
    oldest = await oldest.continue()
  }
  await tx.done
}

export async function kept(key: string): Promise<Kept | undefined> {
  return (await database()).get('dossier', key)
}

/** The latest first. */
export async function recent(limit: number): Promise<Kept[]> {
  const db = await database()
  const found: Kept[] = []
  let cursor = await db.transaction('dossier').store.index('opened').openCursor(null, 'prev')
  while (cursor && found.length < limit) {
    found.push(cursor.value)
    cursor = await cursor.continue()
  }
  return found
}

export async function countKept(): Promise<number> {
  return (await database()).count('dossier')
}

export async function forgetAll(): Promise<void> {
  const db = await database()
  await db.clear('dossier')
  await db.clear('table')
}

export async function table(name: string): Promise<{ etag: string | null; body: unknown } | undefined> {
  return (await database()).get('table', name)
}

export async function keepTable(name: string, etag: string | null, body: unknown): Promise<void> {
  await (await database()).put('table', { name, etag, body })
}
