import zh from '../texts/zh-TW.json'
import en from '../texts/en.json'

export type TextKey = keyof typeof zh
export type Language = 'zh-TW' | 'en'

const catalogues: Record<Language, Record<TextKey, string>> = { 'zh-TW': zh, en }
const KEPT = 'tongguan.language'

const state = $state<{ language: Language }>({
  language: localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-TW',
})

export const language = (): Language => state.language

export function speak(next: Language): void {
  state.language = next
  localStorage.setItem(KEPT, next)
  document.documentElement.lang = next
}

/** A text of the catalogue with `{name}` filled in. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const text = catalogues[state.language][key]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export const has = (key: string): key is TextKey => key in zh
