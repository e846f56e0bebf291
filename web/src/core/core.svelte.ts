import { ask, type Problem } from '../base/api'
import type { CoreItem, CoreList } from '../base/api-types'
import { t } from '../base/i18n.svelte'

/** The core systems and one's own sign-ins there, as the platform said last. */
export class Systems {
  items = $state<CoreItem[]>()
  problem = $state<Problem | 'offline'>()

  async load(background = false): Promise<void> {
    const answer = await ask<CoreList>('/api/v1/core', { background })
    this.problem = answer.kind === 'problem' ? answer.problem : answer.kind === 'offline' ? 'offline' : undefined
    if (answer.kind === 'ok') this.items = answer.body.items
  }
}

export type Tried = { done: true } | { done: false; title: string; theirs?: string }

/** Signs in with the account that one has there; a refusal is told in that system's own code and words. */
export async function signInAt(system: string, user: string, password: string): Promise<Tried> {
  const answer = await ask<object>(`/api/v1/core/${encodeURIComponent(system)}/sign-in`, { method: 'POST', body: { user, password } })
  if (answer.kind === 'ok') return { done: true }
  if (answer.kind !== 'problem') return { done: false, title: t('offline.title') }
  const { coreCode, coreText, title } = answer.problem
  return typeof coreText === 'string' ? { done: false, title, theirs: `${String(coreCode)} ${coreText}` } : { done: false, title }
}

export const signOutAt = (system: string): Promise<unknown> => ask(`/api/v1/core/${encodeURIComponent(system)}/sign-out`, { method: 'POST' })

const WHY = { 'no connection': 'core.why.connection', 'too slow': 'core.why.slow', 'too many at once': 'core.why.busy' } as const

/** Why the last question had no answer; what has no words of ours is shown as it was noted. */
export function reason(why: string): string {
  const plain = why.replace(/^left to rest: /, '')
  return plain in WHY ? t(WHY[plain as keyof typeof WHY]) : plain
}
