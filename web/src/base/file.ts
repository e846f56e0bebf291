import type { Problem } from './api'
import { language, t } from './i18n.svelte'

/** Fetches a file and hands it to the browser to keep; gives the problem where there is none. */
export async function fetchFile(path: string, name: string): Promise<Problem | undefined> {
  try {
    const response = await fetch(path, { headers: { Accept: 'text/csv, application/problem+json', 'Accept-Language': language() }, cache: 'no-store' })
    if (!response.ok) return (await response.json()) as Problem
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await response.blob())
    link.download = name
    link.click()
    // The browser has taken hold of it by the next turn.
    setTimeout(() => URL.revokeObjectURL(link.href))
    return undefined
  } catch {
    return { code: 'offline', title: t('offline.title'), status: 0 }
  }
}
