import { askLines, type Answer } from '../base/api'
import type { Dossier, NextActs } from '../base/api-types'
import { database } from '../base/store'
import { close, nameOf, open, owner, type Sealed } from '../base/vault'

/** Packages for work without a network: fetched ahead, kept sealed, found by any number that is in them. */
export type PackKind = 'voyage' | 'examinations' | 'yard'

/** A package as it lies on the device; times in milliseconds, bytes as they came before they were sealed. */
export type Pack = { id: string; kind: PackKind; key: string; asOf: number; dossiers: number; left: number; bytes: number }

/** A dossier of a package, with what could be done next when the package was made. */
export type Packed = { dossier: Dossier; next?: NextActs; asOf: number }

type Head = { package: PackKind; key: string; asOf: string; dossiers: number; left: number }
type Line = { kind: string; key: string; dossier: Dossier; next?: NextActs }
type End = { end: true; dossiers: number }

/** Parts that go into the store in one transaction. */
const TOGETHER = 50

const plain = (key: string): string => key.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/g, '')
const partName = (key: string): Promise<string | undefined> => nameOf('part ' + plain(key))

/** Takes a package along; the one of the same work that was there before goes when the new one is whole. */
export async function fetchPack(kind: PackKind, key: string, tell: (come: number, of: number) => void): Promise<Answer<Pack>> {
  const account = owner()
  if (!account) return { kind: 'offline' }
  const id = crypto.randomUUID()
  let head: Head | undefined
  let whole = false
  let bytes = 0
  let come = 0
  let some: { name: string; sealed: Sealed }[] = []

  async function store(): Promise<void> {
    const tx = (await database()).transaction('part', 'readwrite')
    for (const { name, sealed } of some) void tx.store.put({ pack: id, name, sealed })
    some = []
    await tx.done
  }

  async function take(line: unknown, length: number): Promise<void> {
    bytes += length
    if (!head) {
      head = line as Head
      return
    }
    if ((line as End).end) {
      whole = true
      return
    }
    const { key: number, dossier, next } = line as Line
    const sealed = await close({ dossier, ...(next ? { next } : {}), asOf: Date.parse(head.asOf) } satisfies Packed)
    const name = await partName(number)
    if (!sealed || !name) throw new Error('locked meanwhile')
    some.push({ name, sealed })
    tell(++come, head.dossiers)
    if (some.length >= TOGETHER) await store()
  }

  const answer = await askLines(`/api/v1/field/packages/${kind}${key ? '?key=' + encodeURIComponent(key) : ''}`, take)
  if (answer.kind === 'ok') await store()
  if (answer.kind !== 'ok' || !head || !whole) {
    await drop(id)
    return answer.kind === 'ok' ? { kind: 'offline' } : (answer as Answer<Pack>)
  }
  const pack: Pack = { id, kind, key: head.key, asOf: Date.parse(head.asOf), dossiers: come, left: head.left, bytes }
  const sealed = await close(pack)
  if (!sealed) {
    await drop(id)
    return { kind: 'offline' }
  }
  const before = (await packs()).filter((other) => other.kind === kind && other.key === pack.key)
  await (await database()).put('pack', { id, account, sealed })
  for (const old of before) await drop(old.id)
  return { kind: 'ok', body: pack, etag: null }
}

/** Of this officer, the newest first. */
export async function packs(): Promise<Pack[]> {
  const account = owner()
  if (!account) return []
  const shut = await (await database()).getAllFromIndex('pack', 'account', account)
  const all = await Promise.all(shut.map(({ sealed }) => open<Pack>(sealed)))
  return all.filter((pack) => pack !== undefined).sort((one, other) => other.asOf - one.asOf)
}

export async function drop(id: string): Promise<void> {
  const tx = (await database()).transaction(['pack', 'part'], 'readwrite')
  void tx.objectStore('pack').delete(id)
  void tx.objectStore('part').delete(IDBKeyRange.bound([id], [id, []]))
  await tx.done
}

/** Parts of packages that never became whole, because the page was closed meanwhile. */
export async function sweep(): Promise<void> {
  const tx = (await database()).transaction(['pack', 'part'], 'readwrite')
  const known = new Set(await tx.objectStore('pack').getAllKeys())
  for (const key of await tx.objectStore('part').getAllKeys()) if (!known.has(key[0])) void tx.objectStore('part').delete(key)
  await tx.done
}

/** The newest of what the packages have of a number, however it was typed. */
export async function packed(typed: string): Promise<Packed | undefined> {
  const name = plain(typed) && (await partName(typed))
  if (!name) return undefined
  const shut = await (await database()).getAllFromIndex('part', 'name', name)
  const all = await Promise.all(shut.map(({ sealed }) => open<Packed>(sealed)))
  return all.filter((part) => part !== undefined).sort((one, other) => other.asOf - one.asOf)[0]
}
