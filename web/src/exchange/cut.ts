import type { Reason } from '../base/api-types'

export type Cut = { before: string; marked: string; after: string }

/** The raw text cut where the reason says that the fault is: by its offset, else by the member that its pointer names. */
export function cut(raw: string, reason: Reason | undefined): Cut {
  const value = reason?.value ?? ''
  const member = reason?.where?.split('/').findLast((part) => part !== '' && !/^\d+$/.test(part))
  const near = reason?.offset ?? (member && reason?.where?.startsWith('/') ? raw.indexOf(`"${member}"`) : -1)
  const found = value && near >= 0 ? raw.indexOf(value, Math.max(0, near - value.length)) : -1
  const start = found >= 0 ? found : near
  if (start < 0 || start > raw.length) return { before: raw, marked: '', after: '' }
  const length = found >= 0 ? value.length : reason?.offset === undefined ? (member?.length ?? 0) + 2 : 1
  return { before: raw.slice(0, start), marked: raw.slice(start, start + length), after: raw.slice(start + length) }
}
