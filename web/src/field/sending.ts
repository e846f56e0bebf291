import { ask, type Answer, type Problem } from '../base/api'
import { items, settle, type Kept, type Standing } from './outbox'

/** Sends the outbox: looked at by the platform, confirmed once, carried out item by item. */
export const BUNDLES = '/api/v1/field/bundles'

/** As many as the platform takes at once; the rest come with the next confirmation. */
const MOST = 100

type Told = { id: string; code?: string; title?: string; version?: string; now?: Standing }
type Looked = Told & { verdict: 'ready' | 'done' | 'conflict' | 'refused' }
type Ran = Told & { result: 'done' | 'conflict' | 'refused' }

/** What was looked at and can be confirmed; or why nothing can. */
export type Look = { kind: 'ready'; input: Bundle } | { kind: 'nothing' } | { kind: 'problem'; problem: Problem } | { kind: 'offline' }
export type Bundle = { items: object[] }

const asSent = ({ id, sequence, kind, base, madeAt, body }: Kept): object => ({ id, sequence, kind, base, madeAt, body })

/** Goes on with what was confirmed before the page was closed or the line broke, then looks at what waits. */
export async function look(): Promise<Look> {
  const went = await goOn()
  if (went && went.kind !== 'ok') return went.kind === 'problem' ? { kind: 'problem', problem: went.problem } : { kind: 'offline' }
  const waiting = (await items()).filter((item) => item.outcome.state === 'waiting').slice(0, MOST)
  if (waiting.length === 0) return { kind: 'nothing' }
  const answer = await ask<{ report: Looked[] }>(BUNDLES + '/draft', { method: 'POST', body: { items: waiting.map(asSent) } })
  if (answer.kind === 'problem') return { kind: 'problem', problem: answer.problem }
  if (answer.kind !== 'ok') return { kind: 'offline' }
  const ready = new Set<string>()
  for (const told of answer.body.report) {
    if (told.verdict === 'ready') ready.add(told.id)
    else await write({ ...told, result: told.verdict })
  }
  const input = { items: waiting.filter((item) => ready.has(item.id)).map(asSent) }
  return ready.size > 0 ? { kind: 'ready', input } : { kind: 'nothing' }
}

/** Notes what was confirmed before it is carried out, so that nothing is confirmed twice. */
export async function confirmed(input: Bundle, bundle: string): Promise<Answer<unknown>> {
  for (const { id } of input.items as { id: string }[]) await settle(id, { state: 'confirmed', bundle })
  return run(bundle)
}

async function goOn(): Promise<Answer<unknown> | undefined> {
  const bundles = new Set((await items()).flatMap(({ outcome }) => (outcome.state === 'confirmed' ? [outcome.bundle] : [])))
  let last: Answer<unknown> | undefined
  for (const bundle of bundles) last = await run(bundle)
  return last
}

async function run(bundle: string): Promise<Answer<unknown>> {
  const answer = await ask<{ items: Ran[] }>(`${BUNDLES}/${bundle}/run`, { method: 'POST' })
  if (answer.kind === 'ok') for (const told of answer.body.items) await write(told)
  // What that confirmation does not hold for any more waits for another one; what was done in it is known by its id.
  const over = answer.kind === 'problem' && ['bundle-over', 'unknown-bundle'].includes(answer.problem.code)
  if (answer.kind === 'ok' || over)
    for (const { id, outcome } of await items()) if (outcome.state === 'confirmed' && outcome.bundle === bundle) await settle(id, { state: 'waiting' })
  return over ? { kind: 'ok', body: undefined, etag: null } : answer
}

async function write(told: Ran): Promise<void> {
  switch (told.result) {
    case 'done': return settle(told.id, { state: 'done', at: Date.now() })
    case 'conflict': return settle(told.id, { state: 'conflict', title: told.title ?? '', version: told.version ?? '', now: told.now ?? {} })
    case 'refused': return settle(told.id, { state: 'refused', title: told.title ?? '' })
  }
}
