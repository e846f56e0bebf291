import { inject } from 'vitest'

/** Someone who is in: the cookies of the session, and the password for confirming. */
export type Signed = { name: string; password: string; cookies: [string, string][]; csrf: string }

declare module 'vitest' {
  interface ProvidedContext {
    url: string
    token: string
    accounts: string
    mail: string
    /** Where the platform hears gateways: address, port for authentication, port for accounting. */
    radius: string
    officer: Signed
    administrator: Signed
    second: Signed
  }
}

export const officer = (): Signed => inject('officer')
export const administrator = (): Signed => inject('administrator')
/** The other administrator of headquarters, who decides about what the first one asked for. */
export const second = (): Signed => inject('second')
export const url = (): string => inject('url')

/** The platform's own answer, past the browser: how a spec finds numbers that are really there. */
export async function ask<T>(path: string, as: Signed = officer()): Promise<T> {
  const response = await fetch(url() + path, { headers: { Accept: 'application/json', Cookie: as.cookies.map(([name, value]) => `${name}=${value}`).join('; ') } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

export type Row = Record<string, string>
type Page = { items: Row[] }

export async function first(path: string): Promise<Row> {
  const row = (await ask<Page>(path)).items[0]
  if (!row) throw new Error(`the sample world has nothing for ${path}`)
  return row
}

type Dossier = { subject: { kind: string; key: string }; bills?: { key: string; house?: string; voyage: string }[]; voyages?: { key: string }[]; declarations?: { key: string }[] }
export const dossier = (key: string): Promise<Dossier> => ask<Dossier>('/api/v1/dossiers?key=' + encodeURIComponent(key))

/** A container that came by sea, with a bill, a declaration and a voyage: the officer's usual case. */
export async function aUsualContainer(): Promise<string> {
  const { items } = await ask<Page>('/api/v1/movements?movement=gate-out&limit=100')
  for (const { container } of items) {
    const found = await dossier(container as string)
    if (found.bills?.length && found.declarations?.length === 1 && found.voyages?.length) return container as string
  }
  throw new Error('no container of the sample world has a bill, a declaration and a voyage')
}

let sent = 0
const run = Date.now().toString(36).toUpperCase()
/** Never used before, so that a run against a platform that keeps its data tells its own things. */
export const unique = (prefix: string): string => `${prefix}${run}${(++sent).toString(36).toUpperCase()}`

type Reply = { messages: { id: string; outcome: string; reason?: { text: string } }[] }

async function postAs(type: string, body: string): Promise<Reply> {
  const response = await fetch(url() + '/api/v1/messages', { method: 'POST', headers: { Authorization: `Bearer ${inject('token')}`, 'Content-Type': type }, body })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as Reply
}

/** Posts messages as a sending system does. */
export const post = (messages: { kind: string; payload: object }[]): Promise<Reply> =>
  postAs('application/json', JSON.stringify(messages.map(({ kind, payload }) => ({
    kind, reference: unique('E2E'), sender: 'TWCUS-KEL', eventTime: new Date().toISOString(), payload,
  }))))

/** One interchange of manifests, in the character set that has every letter; their segments are given between BGM and the last. */
export function postEdifact(manifests: string[]): Promise<Reply> {
  const control = unique('E').slice(-14)
  const whole = manifests.map((segments, i) => `UNH+${i + 1}+CUSCAR:D:95B:UN'${segments}UNT+${(segments.match(/(?<!\?)(\?\?)*'/g)?.length ?? 0) + 2}+${i + 1}'`)
  return postAs('application/edifact', `UNB+UNOY:4+KEELT1+TWCUSTOMS+20261120:1000+${control}'${whole.join('')}UNZ+${whole.length}+${control}'`)
}

/** A number that two records bear, so that its page is the choice between them. */
export async function ambiguous(): Promise<string> {
  const number = unique('SAME')
  await post([
    { kind: 'discharge-permit', payload: { permit: number, voyage: { imo: '9074729', voyageNumber: '0123E' }, scope: 'all' } },
    { kind: 'examination', payload: { examination: number, declaration: 'AA  159900000A', method: 'X', result: 'assigned' } },
  ])
  return number
}
