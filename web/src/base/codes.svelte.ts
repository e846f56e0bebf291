import { ask } from './api'
import { language } from './i18n.svelte'
import { keepTable, table } from './store'

/** Names of codes, from the platform's reference tables; kept on the device. */
type Names = Record<string, { zh: string; en: string }>
type Tables = Record<string, Names>

const state = $state<{ tables: Tables }>({ tables: {} })

export async function loadCodes(): Promise<void> {
  const known = await table('reference')
  if (known) state.tables = known.body as Tables
  const answer = await ask<Tables>('/api/v1/reference', known?.etag ? { etag: known.etag } : {})
  if (answer.kind === 'ok') {
    state.tables = answer.body
    await keepTable('reference', answer.etag, answer.body)
  }
}

/** The code's name, or the code itself where no table has it. */
export function name(tableName: string, code: string | undefined): string {
  if (!code) return ''
  const found = state.tables[tableName]?.[code]
  return found ? (language() === 'en' ? found.en : found.zh) : code
}

export const codes = (tableName: string): string[] => Object.keys(state.tables[tableName] ?? {})
