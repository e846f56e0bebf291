import { name } from '../base/codes.svelte'
import { has, t } from '../base/i18n.svelte'

/** The word for a code of the record, or the code where the catalogue has none. */
export function word(group: 'phase' | 'step' | 'wait' | 'movement' | 'kind' | 'result' | 'channel' | 'state' | 'scope' | 'premises' | 'section', code: string | undefined): string {
  if (!code) return ''
  const key = `${group}.${code}`
  return has(key) ? t(key) : code
}

/** A code with its name behind it, where a table has one. */
export function coded(table: string, code: string | undefined): string {
  const named = name(table, code)
  return !code || named === code ? (code ?? '') : `${code} ${named}`
}

export const kg = (value: number | undefined): string => (value === undefined ? '' : `${value.toLocaleString('en')} kg`)
export const money = (amount: number | undefined, currency: string | undefined): string =>
  amount === undefined ? '' : `${currency ?? ''} ${Number(amount).toLocaleString('en')}`.trim()
