import { ask } from '../base/api'
import type { BatchAnswer, FlagsDone } from '../base/api-types'
import * as shelf from '../base/shelf'
import { plain } from './numbers'
import { isOnItsWay, type Scan } from './rows'

/**
 * The batch of the officer who is in: what is scanned goes to the disk first, then to the screen, then to the platform,
 * which is asked for many at once, by one request at a time, until it has answered for all.
 */
export const AT_ONCE = 500
const AGAIN_MS = 2000
const FOLLOW_MS = 2500

/**
 * The batch as it stands.
 *
 * scans: in the order in which they came; cut: no network, so that what is scanned waits here; unwritten: the device could
 * not write something down, it is on the screen alone; asked: how many the platform has not answered for.
 */
export type View = { scans: Scan[]; cut: boolean; unwritten: boolean; asked: number }

export type Ear = { known?: (scan: Scan) => void; changed?: (view: View) => void }

export class Batch {
  scans: Scan[] = []
  cut = false
  private unwritten = false
  private readonly byKey = new Map<string, Scan>()
  private readonly toAsk = new Set<string>()
  private asking = false
  private painting = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly ear: Ear

  constructor(ear: Ear = {}) {
    this.ear = ear
  }

  /** Takes up what the device kept. */
  async start(): Promise<void> {
    for (const scan of await shelf.all<Scan>()) this.byKey.set(scan.key, this.byKey.get(scan.key) ?? scan)
    for (const scan of this.byKey.values()) if (!scan.item) this.toAsk.add(scan.key)
    this.paint()
    void this.pump()
    this.follow()
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  /** True where it is new, false where it was scanned before; when this is done it is on the disk. */
  async scan(text: string, note?: string): Promise<boolean> {
    const key = plain(text)
    const before = this.byKey.get(key)
    const scan: Scan = before
      ? { ...before, times: before.times + 1, ...(note ? { note } : {}) }
      : { key, order: this.nextOrder(), at: Date.now(), times: 1, ...(note ? { note } : {}) }
    this.byKey.set(key, scan)
    await this.write([scan])
    this.paint()
    if (!scan.item) {
      this.toAsk.add(key)
      void this.pump()
    }
    return !before
  }

  private order = 0
  private nextOrder(): number {
    this.order = Math.max(this.order + 1, Date.now() * 1000)
    return this.order
  }

  private async write(scans: Scan[]): Promise<void> {
    try {
      await shelf.put(scans)
    } catch {
      this.unwritten = true
      this.paint()
    }
  }

  /** Once for all that comes within a frame. */
  private paint(): void {
    if (this.painting) return
    this.painting = true
    queueMicrotask(() => {
      this.painting = false
      this.scans = [...this.byKey.values()]
      this.ear.changed?.({ scans: this.scans, cut: this.cut, unwritten: this.unwritten, asked: this.toAsk.size })
    })
  }

  private async change(keys: string[], how: (scan: Scan) => Scan): Promise<void> {
    const changed = keys.flatMap((key) => {
      const scan = this.byKey.get(key)
      if (!scan) return []
      const next = how(scan)
      this.byKey.set(key, next)
      return [next]
    })
    this.paint()
    await this.write(changed)
  }

  note(key: string, note: string): Promise<void> {
    return this.change([key], (scan) => ({ ...scan, note: note.trim() }))
  }

  async remove(keys: string[]): Promise<void> {
    keys.forEach((key) => {
      this.byKey.delete(key)
      this.toAsk.delete(key)
    })
    this.paint()
    await shelf.take(keys).catch(() => (this.unwritten = true))
  }

  /** What became of a list that was flagged, in its order. */
  async flagged(keys: string[], done: FlagsDone): Promise<void> {
    const results = new Map(keys.map((key, i) => [key, done.items[i]?.result]))
    await this.change(keys, (scan) => {
      const result = results.get(scan.key)
      return result ? { ...scan, result } : scan
    })
    this.ask(keys)
  }

  /** Asks anew what is known of these. */
  ask(keys: string[]): void {
    keys.forEach((key) => this.toAsk.add(key))
    void this.pump()
  }

  private async pump(): Promise<void> {
    if (this.asking) return
    this.asking = true
    try {
      while (this.toAsk.size > 0) {
        const keys = [...this.toAsk].slice(0, AT_ONCE)
        if (!(await this.answered(keys))) break
      }
    } finally {
      this.asking = false
      this.paint()
    }
    if (this.toAsk.size > 0) this.later(AGAIN_MS)
    else this.follow()
  }

  private async answered(keys: string[]): Promise<boolean> {
    const answer = await ask<BatchAnswer>('/api/v1/batches/look-up', { method: 'POST', body: { keys } })
    this.cut = answer.kind === 'offline'
    if (answer.kind !== 'ok' || answer.body.items.length !== keys.length) return false
    keys.forEach((key) => this.toAsk.delete(key))
    const known = Date.now()
    const items = new Map(keys.map((key, i) => [key, answer.body.items[i]]))
    await this.change(keys, (scan) => {
      const item = items.get(scan.key)
      const next: Scan = item ? { ...scan, item, known } : scan
      if (!scan.item && item) this.ear.known?.(next)
      return next
    })
    return true
  }

  private later(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.pump(), ms)
  }

  /** What the core system has to say of flags comes by itself. */
  private follow(): void {
    const open = [...this.byKey.values()].filter(isOnItsWay).map((scan) => scan.key)
    if (open.length === 0) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(open), FOLLOW_MS)
  }
}
