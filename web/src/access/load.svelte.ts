import { ask, type Problem } from '../base/api'

/** Which answer a page holds, so that the platform need not give it twice. */
type Held = { path: string; etag: string | null }
const known = (held: Held | undefined, path: string): { etag?: string } => (held?.path === path && held.etag ? { etag: held.etag } : {})

/** What a page shows: asked for once, again on wish, and what went wrong on the way. */
export class Loaded<T> {
  value = $state<T>()
  problem = $state<Problem | 'offline'>()
  private held: Held | undefined

  /** @param background whether it is the page that asks anew, not the officer: then what it has is not told again */
  async from(path: string, background = false): Promise<void> {
    const answer = await ask<T>(path, { background, ...(background ? known(this.held, path) : {}) })
    this.problem = answer.kind === 'problem' ? answer.problem : answer.kind === 'offline' ? 'offline' : undefined
    if (answer.kind !== 'ok') return
    this.held = { path, etag: answer.etag }
    this.value = answer.body
  }
}

/** A list that comes page by page; the next page joins those before it. */
export class Pages<T> {
  items = $state<T[]>()
  next = $state<string | null>(null)
  problem = $state<Problem | 'offline'>()
  asking = $state(false)
  private path = ''
  private query = new URLSearchParams()
  private held: Held | undefined

  async from(path: string, query: URLSearchParams): Promise<void> {
    this.path = path
    this.query = query
    this.items = undefined
    await this.ask(null)
  }

  more = (): Promise<void> => this.ask(this.next)

  /** Looks again at the first page, in the background; what came after it stays as it was. */
  async again(): Promise<void> {
    const { query, items } = this
    if (!items || this.asking) return
    const path = `${this.path}?${query}`
    const answer = await ask<{ items: T[]; next: string | null }>(path, { background: true, ...known(this.held, path) })
    if (query !== this.query || this.items !== items || answer.kind !== 'ok') return
    this.held = { path, etag: answer.etag }
    const { items: first, next } = answer.body
    if (items.length <= first.length) [this.items, this.next] = [first, next]
    else this.items = [...first, ...items.slice(first.length)]
  }

  private async ask(after: string | null): Promise<void> {
    const query = this.query
    this.asking = true
    const path = `${this.path}?${new URLSearchParams([...query, ...(after ? [['after', after]] : [])])}`
    const answer = await ask<{ items: T[]; next: string | null }>(path)
    // Another question was put meanwhile: this answer is to the one before.
    if (query !== this.query) return
    this.asking = false
    this.problem = answer.kind === 'problem' ? answer.problem : answer.kind === 'offline' ? 'offline' : undefined
    if (answer.kind !== 'ok') return
    if (!after) this.held = { path, etag: answer.etag }
    this.items = after ? [...(this.items ?? []), ...answer.body.items] : answer.body.items
    this.next = answer.body.next
  }
}
