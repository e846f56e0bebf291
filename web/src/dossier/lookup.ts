import { ask, type Problem } from '../base/api'
import { keep, kept } from '../base/store'
import type { Candidate, Dossier, Found } from './types'

/** What a look-up came to, and how old it is where it comes from this device. */
export type Lookup =
  | { kind: 'dossier'; dossier: Dossier; fetched: number; from: 'server' | 'unchanged' | 'device' }
  | { kind: 'candidates'; candidates: Candidate[] }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'offline' }

const plain = (typed: string): string => typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')

/** Asks the platform, with what the device has as the condition; without a network gives what the device has. */
export async function lookUp(typed: string): Promise<Lookup> {
  const id = plain(typed)
  const known = await kept(id)
  const answer = await ask<Found>('/api/v1/dossiers?key=' + encodeURIComponent(typed), known?.etag ? { etag: known.etag } : {})
  const now = Date.now()
  switch (answer.kind) {
    case 'ok': {
      if ('candidates' in answer.body) return { kind: 'candidates', candidates: answer.body.candidates }
      await keep({ key: id, etag: answer.etag, body: answer.body, fetched: now, opened: now })
      return { kind: 'dossier', dossier: answer.body, fetched: now, from: 'server' }
    }
    case 'unchanged':
      if (!known) return { kind: 'offline' }
      await keep({ ...known, fetched: now, opened: now })
      return { kind: 'dossier', dossier: known.body as Dossier, fetched: now, from: 'unchanged' }
    case 'problem':
      return { kind: 'problem', problem: answer.problem }
    case 'offline':
      if (!known) return { kind: 'offline' }
      await keep({ ...known, opened: now })
      return { kind: 'dossier', dossier: known.body as Dossier, fetched: known.fetched, from: 'device' }
  }
}
