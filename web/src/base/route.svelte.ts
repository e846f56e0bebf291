/** The page's address as state; the browser's own history is the only memory of where one was. */

export type Place = { path: string; query: URLSearchParams }

const read = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) })

const state = $state<{ place: Place; turn: number }>({ place: read(), turn: 0 })

export const place = (): Place => state.place
/** Rises with each move, so that a page can tell a new visit from a new rendering. */
export const turn = (): number => state.turn

export function go(url: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    history.replaceState({ ...history.state, scroll: scrollY }, '')
    history.pushState({ scroll: 0 }, '', url)
    scrollTo(0, 0)
  } else {
    history.replaceState(history.state, '', url)
  }
  state.place = read()
  state.turn++
}

/** Follows links of the client's own pages without loading the page anew. */
export function followLinks(): void {
  history.scrollRestoration = 'manual'
  addEventListener('popstate', () => {
    state.place = read()
    state.turn++
    const scroll = (history.state as { scroll?: number } | null)?.scroll ?? 0
    requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, scroll)))
  })
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest('a')
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
    if (!link || !plain || link.origin !== location.origin || link.hasAttribute('download') || link.target) return
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return
    event.preventDefault()
    go(link.pathname + link.search + link.hash)
  })
}

export const dossierUrl = (key: string): string => '/d?k=' + encodeURIComponent(key)
