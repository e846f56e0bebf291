import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { close, closeBytes, nameOf, open, openBytes, type Sealed } from './vault'

/**
 * What an officer is in the middle of writing, sealed: a page that is loaded anew goes on where it was. A draft has files
 * beside it, which are written once each.
 */
interface Schema extends DBSchema {
  draft: { key: string; value: Sealed }
  file: { key: [draft: string, file: string]; value: Sealed & { type: string } }
}

let opening: Promise<IDBPDatabase<Schema>> | undefined

const database = (): Promise<IDBPDatabase<Schema>> =>
  (opening ??= openDB<Schema>('tongguan-drafts', 1, {
    upgrade(db) {
      db.createObjectStore('draft')
      db.createObjectStore('file')
    },
    blocking: () => void letGo(),
    terminated: () => (opening = undefined),
  }))

/** Lets go of the database, so that it can be deleted. */
export async function letGo(): Promise<void> {
  const db = await opening?.catch(() => undefined)
  opening = undefined
  db?.close()
}

export async function keepDraft(key: string, value: unknown): Promise<void> {
  const [name, sealed] = await Promise.all([nameOf(key), close(value)])
  if (name && sealed) await (await database()).put('draft', sealed, name)
}

/** What was kept under the key by this officer on this device. */
export async function draftOf<T>(key: string): Promise<T | undefined> {
  const name = await nameOf(key)
  const sealed = name && (await (await database()).get('draft', name))
  return sealed ? open<T>(sealed) : undefined
}

export async function dropDraft(key: string): Promise<void> {
  const name = await nameOf(key)
  if (!name) return
  const db = await database()
  await db.delete('draft', name)
  await db.delete('file', filesOf(name))
}

/** False where the device keeps nothing, so that the file is in this page alone. */
export async function keepFile(key: string, file: string, bytes: Blob): Promise<boolean> {
  const [name, sealed] = await Promise.all([nameOf(key), closeBytes(new Uint8Array(await bytes.arrayBuffer()))])
  if (!name || !sealed) return false
  await (await database()).put('file', { ...sealed, type: bytes.type }, [name, file])
  return true
}

export async function fileOf(key: string, file: string): Promise<Blob | undefined> {
  const name = await nameOf(key)
  const sealed = name && (await (await database()).get('file', [name, file]))
  const bytes = sealed ? await openBytes(sealed) : undefined
  return bytes && sealed ? new Blob([bytes], { type: sealed.type }) : undefined
}

export async function dropFile(key: string, file: string): Promise<void> {
  const name = await nameOf(key)
  if (name) await (await database()).delete('file', [name, file])
}

const filesOf = (name: string): IDBKeyRange => IDBKeyRange.bound([name], [name, []])
