import type { DeclarationNow } from '../base/api-types'
import { database } from '../base/store'
import { close, open, owner } from '../base/vault'

/**
 * What was done without a network, in the order in which it was done: sealed, so that it survives the browser and opens
 * for its officer alone. A room that lets something be done offline adds items of its own kind; the platform's operation of
 * the same name takes them.
 */
export type OutboxItem = {
  id: string
  /** The name of the platform's operation. */
  kind: string
  /** The version of the record that the officer saw; empty where it rests on none. */
  base: string
  body: { parameters: Record<string, string>; input: object }
  madeAt: string
  /** For the officer: on what, which act, and how it stood then. */
  about: About
}

export type About = { subject: string; key: string; act: string; asOf: number; assumed: Standing }

/** How a declaration stood, or stands. */
export type Standing = Partial<DeclarationNow>

export type Outcome =
  | { state: 'waiting' }
  /** Confirmed in this bundle; whether it was carried out is not known yet. */
  | { state: 'confirmed'; bundle: string }
  | { state: 'done'; at: number }
  | { state: 'conflict'; title: string; version: string; now: Standing }
  | { state: 'refused'; title: string }

/** An item where it stands, with its place in the order. */
export type Kept = OutboxItem & { sequence: number; outcome: Outcome }

/** Pages that show the outbox hear of every change, those of other windows included. */
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('tongguan-outbox')
const listeners = new Set<() => void>()
if (channel) channel.onmessage = () => listeners.forEach((each) => each())
export function whenChanged(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
function changed(): void {
  channel?.postMessage('')
  listeners.forEach((each) => each())
}

type Shape = Omit<Kept, 'sequence'>

const isOpen = (outcome: Outcome): 0 | 1 => (outcome.state === 'done' ? 0 : 1)

/** Puts it behind all others; false where nothing can be kept, because the screen is locked. */
export async function enqueue(item: Omit<OutboxItem, 'id' | 'madeAt'>): Promise<boolean> {
  const account = owner()
  const whole: Shape = { ...item, id: crypto.randomUUID(), madeAt: new Date().toISOString(), outcome: { state: 'waiting' } }
  const sealed = await close(whole)
  if (!account || !sealed) return false
  const tx = (await database()).transaction('outbox', 'readwrite')
  const last = await tx.store.index('order').openCursor(IDBKeyRange.bound([account, 0], [account, Infinity]), 'prev')
  await tx.store.add({ id: whole.id, account, sequence: (last?.value.sequence ?? 0) + 1, open: 1, sealed })
  await tx.done
  // A browser that is short of room deletes what it was not asked to keep.
  void navigator.storage?.persist?.().catch(() => undefined)
  changed()
  return true
}

/** Of this officer, in order. */
export async function items(): Promise<Kept[]> {
  const account = owner()
  if (!account) return []
  const shut = await (await database()).getAllFromIndex('outbox', 'order', IDBKeyRange.bound([account, 0], [account, Infinity]))
  const all = await Promise.all(shut.map(async ({ sequence, sealed }) => {
    const shape = await open<Shape>(sealed)
    return shape && { ...shape, sequence }
  }))
  return all.filter((item) => item !== undefined)
}

/** What became of an item; its place in the order stays. */
export async function settle(id: string, outcome: Outcome): Promise<void> {
  const db = await database()
  const there = await db.get('outbox', id)
  const shape = there && (await open<Shape>(there.sealed))
  const sealed = shape && (await close({ ...shape, outcome }))
  if (!there || !sealed) return
  await db.put('outbox', { ...there, open: isOpen(outcome), sealed })
  changed()
}

export async function remove(ids: string[]): Promise<void> {
  const tx = (await database()).transaction('outbox', 'readwrite')
  for (const id of ids) void tx.store.delete(id)
  await tx.done
  changed()
}

/** How many are not done: of this officer, and of others who use this device. */
export async function countOpen(): Promise<{ mine: number; others: number }> {
  const account = owner()
  const all = await (await database()).getAll('outbox')
  const open = all.filter((item) => item.open === 1)
  const mine = open.filter((item) => item.account === account).length
  return { mine, others: open.length - mine }
}

/** All of an officer who leaves and gives up what was not sent. */
export async function forgetMine(account: string): Promise<void> {
  const tx = (await database()).transaction('outbox', 'readwrite')
  for (const id of await tx.store.index('order').getAllKeys(IDBKeyRange.bound([account, 0], [account, Infinity]))) void tx.store.delete(id)
  await tx.done
  changed()
}
