import { has, language, t, type TextKey } from '../base/i18n.svelte'

/** A code in words; one that this client does not know yet stays as it is. */
function word(family: string, code: string): string {
  const key = `${family}.${code}`
  return has(key) ? t(key) : code
}

export const refusalOf = (reason: string): string => word('refusal', reason)
/** What to do about it, where there is something to do. */
export function adviceOn(reason: string): string {
  const key = `refusalAdvice.${reason}`
  return has(key) ? t(key) : ''
}
export const endedWhy = (why: string): string => word('networkEnd', why)

/** A number of bytes in the unit that fits. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3))
  return `${new Intl.NumberFormat(language(), { maximumFractionDigits: power === 0 ? 0 : 1 }).format(count / 1000 ** power)} ${units[power] ?? ''}`
}

export const TABS: [href: string, text: TextKey][] = [['/network', 'network.sessions'], ['/network/refusals', 'network.refusals'], ['/network/gateways', 'network.gateways'], ['/network/zones', 'network.zones']]
