/**
 * Seals what the device keeps. The key comes from the platform with each log-in, cannot be read out of the browser, and
 * lies on the device only until the moment at which the screen would lock: so a page that is loaded anew without a
 * network opens while its officer is at work, and not an instant longer.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

export type Keeper = { account: string; key: CryptoKey; since: number; until: number; me: unknown }

interface Schema extends DBSchema {
  key: { key: string; value: Keeper }
}

let opening: Promise<IDBPDatabase<Schema>> | undefined
let held: Keeper | undefined

const database = (): Promise<IDBPDatabase<Schema>> =>
  (opening ??= openDB<Schema>('tongguan-key', 1, { upgrade: (db) => void db.createObjectStore('key') }))

const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

/** Takes the key of an officer who is in, until the screen locks. */
export async function unseal(account: string, base64: string, until: number, me: unknown): Promise<void> {
  const key = await crypto.subtle.importKey('raw', bytes(base64), 'AES-GCM', false, ['encrypt', 'decrypt'])
  held = { account, key, since: Date.now(), until, me }
  await (await database()).put('key', held, 'key').catch(() => undefined)
}

/** The officer is still at work. */
export async function extend(until: number): Promise<void> {
  if (!held) return
  held = { ...held, since: Date.now(), until }
  await (await database()).put('key', held, 'key').catch(() => undefined)
}

/** Nothing that is kept can be read any more until the platform gives the key again. */
export async function seal(): Promise<void> {
  held = undefined
  await (await database()).clear('key').catch(() => undefined)
}

/** The key that is still good; a clock that was turned back is no way to it. */
export async function resume(): Promise<Keeper | undefined> {
  const kept = held ?? (await (await database()).get('key', 'key').catch(() => undefined))
  const now = Date.now()
  if (kept && kept.since <= now && now < kept.until) return (held = kept)
  await seal()
  return undefined
}

export const owner = (): string | undefined => held?.account

/** What a key is called on the device: only who has the key can tell. */
export async function nameOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${held?.account} ${text}`))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

export type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

export async function close(value: unknown): Promise<Sealed | undefined> {
  if (!held) return undefined
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, held.key, new TextEncoder().encode(JSON.stringify(value))) }
}

/** What was sealed, or nothing where another key closed it. */
export async function open<T>(sealed: Sealed): Promise<T | undefined> {
  if (!held) return undefined
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, held.key, sealed.data)
    return JSON.parse(new TextDecoder().decode(plain)) as T
  } catch {
    return undefined
  }
}
