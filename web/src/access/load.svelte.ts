import { ask, type Problem } from '../base/api'

/** What a page shows: asked for once, again on wish, and what went wrong on the way. */
export class Loaded<T> {
  value = $state<T>()
  problem = $state<Problem | 'offline'>()

  async from(path: string): Promise<void> {
    const answer = await ask<T>(path)
    this.problem = answer.kind === 'problem' ? answer.problem : answer.kind === 'offline' ? 'offline' : undefined
    if (answer.kind === 'ok') this.value = answer.body
  }
}
