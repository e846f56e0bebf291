/** The page's address as state; the browser's own history is the only memory of where one was. */

export type Place = { path: string; query: URLSearchParams }

const read = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) })

const state = $state<{ place: Place; turn: number }>({ place: read(), turn: 0 })
let wanted: number | undefined

export const place = (): Place => state.place
/** Rises with each move, so that a page can tell a new visit from a new rendering. */
export const turn = (): number => state.turn

export function go(url: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    remember()
    history.pushState({ scroll: 0 }, '', url)
    scrollTo(0, 0)
  } else {
    history.replaceState(history.state, '', url)
  }
  wanted = undefined
  state.place = read()
  state.turn++
}

/** A page says that its content stands; only then is there something to scroll back to. */
export function arrived(): void {
  if (wanted !== undefined) scrollTo(0, wanted)
  wanted = undefined
}

function remember(): void {
  history.replaceState({ ...history.state, scroll: scrollY }, '')
}

/** Follows links of the client's own pages without loading the page anew. */
export function followLinks(): void {
  history.scrollRestoration = 'manual'
  let resting: ReturnType<typeof setTimeout> | undefined
  // The browser's own back and forward give no chance to note where the page that is left stood, so it is noted at rest.
  addEventListener('scroll', () => {
    clearTimeout(resting)
    resting = setTimeout(remember, 150)
  })
  addEventListener('popstate', () => {
    clearTimeout(resting)
    wanted = (history.state as { scroll?: number } | null)?.scroll ?? 0
    state.place = read()
    state.turn++
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
