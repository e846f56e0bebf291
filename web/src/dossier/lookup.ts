import { ask, type Problem } from '../base/api'
import { keep, kept, type Kept } from '../base/store'
import { packed } from '../field/packs'
import type { Candidate, Candidates, Dossier } from '../base/api-types'

/** Where a dossier on the screen comes from: this device while the platform is being asked, then what it answered. */
export type Source = 'asking' | 'server' | 'unchanged' | 'device'

/** What a look-up came to, and how old it is where it comes from this device. */
export type Lookup =
  | { kind: 'dossier'; dossier: Dossier; fetched: number; from: Source }
  | { kind: 'candidates'; candidates: Candidate[] }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'offline' }

const plain = (typed: string): string => typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')

/** What the device has of it: looked up lately, or taken along in a package, whichever is newer. */
async function known(id: string, typed: string): Promise<Kept | undefined> {
  const nothing = (): undefined => undefined
  const [own, part] = await Promise.all([kept(id).catch(nothing), packed(typed).catch(nothing)])
  if (!part || (own && own.fetched >= part.asOf)) return own
  return { key: id, etag: null, body: part.dossier, fetched: part.asOf, opened: Date.now() }
}

/**
 * Shows at once what the device has, then asks the platform with that as the condition and shows the answer; without a
 * network what the device has stays, with its age.
 *
 * @param background whether it is the page that asks anew, not the officer
 */
export async function lookUp(typed: string, show: (found: Lookup) => void, background = false): Promise<void> {
  const id = plain(typed)
  const here = await known(id, typed)
  const copy = (from: Source, fetched: number): Lookup => ({ kind: 'dossier', dossier: here?.body as Dossier, fetched, from })
  if (here) show(copy('asking', here.fetched))
  const answer = await ask<Dossier | Candidates>('/api/v1/dossiers?key=' + encodeURIComponent(typed), { background, ...(here?.etag ? { etag: here.etag } : {}) })
  const now = Date.now()
  switch (answer.kind) {
    case 'ok':
      if ('candidates' in answer.body) return show({ kind: 'candidates', candidates: answer.body.candidates })
      show({ kind: 'dossier', dossier: answer.body, fetched: now, from: 'server' })
      return keep({ key: id, etag: answer.etag, body: answer.body, fetched: now, opened: now })
    case 'unchanged':
      if (!here) return show({ kind: 'offline' })
      show(copy('unchanged', now))
      return keep({ ...here, fetched: now, opened: now })
    case 'problem':
      // A busy platform takes nothing away that the device has; a number that is gone is said to be gone.
      if (here && answer.problem.status >= 500) return show(copy('device', here.fetched))
      return show({ kind: 'problem', problem: answer.problem })
    case 'offline':
      if (!here) return show({ kind: 'offline' })
      show(copy('device', here.fetched))
      return keep({ ...here, opened: now })
  }
}
