import type { BatchItem, FlagResult } from '../base/api-types'
import { guess } from '../base/keys'
import type { Row } from '../base/shelf'

/** One number of the batch: what was scanned, what is known of it, and what was done with it. */
export type Scan = Row & {
  at: number
  times: number
  note?: string
  item?: BatchItem
  known?: number
  result?: FlagResult['result']
}

/** What a number comes to at a glance; sound and colour go by it. */
export const STANDS = ['waiting', 'conflict', 'flagged', 'refused', 'held', 'unknown', 'wrong', 'undeclared', 'open', 'ready', 'released'] as const
export type Stand = (typeof STANDS)[number]

export function standOf(scan: Scan): Stand {
  const { item } = scan
  if (!item) return guess(scan.key)?.checkDigit === 'wrong' ? 'wrong' : 'waiting'
  if (item.conflict) return 'conflict'
  if (item.flag && !item.flag.outcome) return 'flagged'
  if (item.flag?.outcome === 'lost') return 'refused'
  if (!item.found) return item.check ? 'wrong' : 'unknown'
  if (item.held) return 'held'
  if (!item.declaration) return 'undeclared'
  if (item.phase === 'released' || item.phase === 'out') return 'released'
  return item.phase === 'ready' ? 'ready' : 'open'
}

export type Tone = 'go' | 'wait' | 'stop' | 'calm'
export const toneOf: Record<Stand, Tone> = {
  waiting: 'calm', conflict: 'stop', flagged: 'stop', refused: 'stop', held: 'stop', unknown: 'wait', wrong: 'wait', undeclared: 'wait', open: 'calm', ready: 'go', released: 'go',
}

/** How much heavier or lighter than declared it is, in percent; nothing where one of the two is not told. */
export function weightOff(scan: Scan): number | undefined {
  const { manifestKg, declaredKg } = scan.item ?? {}
  return manifestKg === undefined || !declaredKg ? undefined : ((manifestKg - declaredKg) / declaredKg) * 100
}

const CHANNELS = ['C1', 'C2', 'C3', 'C3M', 'C3X']
export const riskOf = (scan: Scan): number => CHANNELS.indexOf(scan.item?.channel ?? '') + (scan.item?.dangerous ? CHANNELS.length : 0)

export type Rule = { stands: Stand[]; channel: string; text: string; off: number }
export const NO_RULE: Rule = { stands: [], channel: '', text: '', off: 0 }

/** Whether a number is one of those that the rule is for; each part of a rule narrows it. */
export function fits(scan: Scan, rule: Rule): boolean {
  const { item } = scan
  const words = `${scan.key} ${item?.declaration ?? ''} ${item?.goods ?? ''} ${item?.consignee ?? ''} ${item?.origin ?? ''} ${scan.note ?? ''}`.toUpperCase()
  return (
    (rule.stands.length === 0 || rule.stands.includes(standOf(scan))) &&
    (!rule.channel || (item?.channel ?? '').startsWith(rule.channel)) &&
    (!rule.text.trim() || words.includes(rule.text.trim().toUpperCase())) &&
    (rule.off === 0 || Math.abs(weightOff(scan) ?? 0) >= rule.off)
  )
}

export const SORTS = ['scanned', 'state', 'risk', 'goods', 'consignee', 'origin', 'weight'] as const
export type Sort = (typeof SORTS)[number]

const byText = (of: (scan: Scan) => string | undefined) => (a: Scan, b: Scan): number => (of(a) ?? '\uffff').localeCompare(of(b) ?? '\uffff')
const ORDERS: Record<Sort, (a: Scan, b: Scan) => number> = {
  scanned: (a, b) => b.order - a.order,
  state: (a, b) => STANDS.indexOf(standOf(a)) - STANDS.indexOf(standOf(b)),
  risk: (a, b) => riskOf(b) - riskOf(a),
  goods: byText((scan) => scan.item?.goods),
  consignee: byText((scan) => scan.item?.consignee),
  origin: byText((scan) => scan.item?.origin),
  weight: (a, b) => Math.abs(weightOff(b) ?? 0) - Math.abs(weightOff(a) ?? 0),
}

export const sorted = (scans: Scan[], sort: Sort): Scan[] => scans.toSorted((a, b) => ORDERS[sort](a, b) || b.order - a.order)

/** Whether there is something to flag: it stands for goods that are still here. */
export const mayFlag = (scan: Scan): boolean => !['flagged', 'released', 'unknown', 'wrong', 'waiting', 'conflict'].includes(standOf(scan))

/** Whether the core system's word on a flag is still to come. */
export const isOnItsWay = (scan: Scan): boolean => ['waiting', 'sending', 'sent', 'unknown'].includes(scan.item?.flag?.state ?? '') && !scan.item?.flag?.outcome
