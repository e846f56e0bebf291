import type zh from '../texts/zh-TW.json'

export type TextKey = keyof typeof zh
export type Language = 'zh-TW' | 'en'

type Catalogue = Record<TextKey, string>

/** One language is fetched, not both: on a weak line half of the texts are felt. */
const CATALOGUES: Record<Language, () => Promise<{ default: Catalogue }>> = {
  'zh-TW': () => import('../texts/zh-TW.json'),
  en: () => import('../texts/en.json'),
}
const KEPT = 'tongguan.language'

const known: Partial<Record<Language, Catalogue>> = {}
const state = $state<{ language: Language }>({
  language: localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-TW',
})

export const language = (): Language => state.language

/** Fetches the texts of a language; before this has ended for the one that is spoken, there is nothing to say. */
export async function learn(which: Language): Promise<void> {
  known[which] ??= (await CATALOGUES[which]()).default
}

/** At once where the language is known; else as soon as it is, and until then in the one before. */
export function speak(next: Language): void {
  if (!known[next]) {
    void learn(next).then(() => speak(next))
    return
  }
  state.language = next
  localStorage.setItem(KEPT, next)
  document.documentElement.lang = next
}

const catalogue = (): Catalogue => {
  const found = known[state.language]
  if (!found) throw new Error('no texts of ' + state.language + ' yet')
  return found
}

/** A text of the catalogue with `{name}` filled in. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const text = catalogue()[key]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export const has = (key: string): key is TextKey => key in catalogue()
