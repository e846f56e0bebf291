/**
 * Seals what the device keeps. The key is made of two halves: one that never leaves this device, and the officer's share,
 * which the platform gives whoever is in. The share and the key exist in memory only, the page's and the service
 * worker's, until the moment at which the screen would lock: what lies on the disk of a device opens nothing.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { entrust, recall, revoke } from './keeper'

/** The officer who is in, with the keys that cannot be read out: one that seals, one that names. */
export type Keeper = { account: string; key: CryptoKey; names: CryptoKey; since: number; until: number; me: unknown }

type Half = Uint8Array<ArrayBuffer>

interface Schema extends DBSchema {
  half: { key: string; value: Half }
}

/** The service worker forgets when nothing is heard of a page for long; an open page is heard of. */
const ENTRUST_MS = 20_000

let opening: Promise<IDBPDatabase<Schema>> | undefined
let held: Keeper | undefined
let again: ReturnType<typeof setInterval> | undefined

const database = (): Promise<IDBPDatabase<Schema>> =>
  (opening ??= openDB<Schema>('tongguan-key', 2, {
    upgrade(db, from) {
      // What version 1 kept was the whole key.
      if (from === 1) (db as unknown as IDBPDatabase).deleteObjectStore('key')
      db.createObjectStore('half')
    },
    blocking: () => void leaveGo(),
    terminated: () => (opening = undefined),
  }))

/** Lets go of the database, so that it can be deleted. */
export async function leaveGo(): Promise<void> {
  const db = await opening?.catch(() => undefined)
  opening = undefined
  db?.close()
}

/** This device's half; made when there is none. */
async function half(): Promise<Half> {
  const fresh = crypto.getRandomValues(new Uint8Array(32))
  try {
    const tx = (await database()).transaction('half', 'readwrite')
    const known = await tx.store.get('half')
    if (!known) await tx.store.put(fresh, 'half')
    await tx.done
    return known ?? fresh
  } catch {
    // A browser that keeps nothing has nothing to open later.
    return fresh
  }
}

/** Deletes this device's half: what was sealed opens for nobody any more, not even with the officer's share. */
export async function shred(): Promise<void> {
  await seal()
  await (await database()).clear('half').catch(() => undefined)
}

const bytes = (base64: string): Half => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
const utf8 = (text: string): Half => new TextEncoder().encode(text) as Half

/** Takes the share of an officer who is in, until the screen locks. */
export async function unseal(account: string, share: string, until: number, me: unknown): Promise<void> {
  const salt = await half()
  const both = await crypto.subtle.importKey('raw', bytes(share), 'HKDF', false, ['deriveKey'])
  const derive = (purpose: string, kind: AesKeyGenParams | HmacKeyGenParams, uses: KeyUsage[]): Promise<CryptoKey> =>
    crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(`tongguan ${purpose} 1 ${account}`) }, both, kind, false, uses)
  const [key, names] = await Promise.all([
    derive('dossiers', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']),
    derive('names', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  ])
  hold({ account, key, names, since: Date.now(), until, me })
}

function hold(keeper: Keeper): void {
  held = keeper
  entrust(keeper)
  clearInterval(again)
  again = setInterval(() => held && entrust(held), ENTRUST_MS)
}

/** The officer is still at work. */
export function extend(until: number): void {
  if (held) hold({ ...held, since: Date.now(), until })
}

/** Nothing that is kept can be read any more until the platform gives the share again. */
export async function seal(): Promise<void> {
  held = undefined
  clearInterval(again)
  await revoke()
}

/** The officer whose time is not over; a clock that was turned back is no way to it. */
export async function resume(): Promise<Keeper | undefined> {
  const kept = held ?? (await recall<Keeper>())
  const now = Date.now()
  if (kept && kept.since <= now && now < kept.until) {
    if (!held) hold(kept)
    return kept
  }
  await seal()
  return undefined
}

export const owner = (): string | undefined => held?.account

/** What a number is called on the device: only who has the key can tell, and none can try numbers. */
export async function nameOf(text: string): Promise<string | undefined> {
  if (!held) return undefined
  const name = await crypto.subtle.sign('HMAC', held.names, utf8(text))
  return btoa(String.fromCharCode(...new Uint8Array(name)))
}

export type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

export const close = (value: unknown): Promise<Sealed | undefined> => closeBytes(utf8(JSON.stringify(value)))

/** The same for bytes, such as a photo's. */
export async function closeBytes(bytes: BufferSource): Promise<Sealed | undefined> {
  if (!held) return undefined
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, held.key, bytes) }
}

/** What was sealed, or nothing where another key closed it. */
export async function open<T>(sealed: Sealed): Promise<T | undefined> {
  const plain = await openBytes(sealed)
  return plain && (JSON.parse(new TextDecoder().decode(plain)) as T)
}

export async function openBytes(sealed: Sealed): Promise<ArrayBuffer | undefined> {
  if (!held) return undefined
  try {
    return await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, held.key, sealed.data)
  } catch {
    return undefined
  }
}
