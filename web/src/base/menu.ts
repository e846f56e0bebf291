import type { TextKey } from './i18n.svelte'

export type Entry = { href: string; text: TextKey; sign: string }
const ALL: Entry[] = [
  { href: '/', text: 'nav.home', sign: 'M4 11 12 4l8 7v9h-5v-6H9v6H4z' },
  { href: '/batch', text: 'nav.batch', sign: 'M4 5v14M8 5v14M11 5v14M15 5v14M20 5v14M2 12h20' },
  { href: '/list/flow', text: 'nav.flow', sign: 'M4 6h16M4 12h10M4 18h6M17 15l3 3-3 3' },
  { href: '/list/voyages', text: 'nav.voyages', sign: 'M3 15h18l-3 5H6zM6 15V9h5v6M11 11h4v4M8 9V4' },
  { href: '/list/movements', text: 'nav.movements', sign: 'M3 7h11v10H3zM14 11h4l3 3v3h-7M7 20a2 2 0 1 0 0-4M17 20a2 2 0 1 0 0-4' },
  { href: '/list/releases', text: 'nav.releases', sign: 'M4 12l5 5L20 6' },
  { href: '/list/permits', text: 'nav.permits', sign: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7' },
  { href: '/list/examinations', text: 'nav.examinations', sign: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5' },
  { href: '/list/bonded-checks', text: 'nav.bondedChecks', sign: 'M4 20V9l8-5 8 5v11M9 20v-6h6v6' },
  { href: '/list/declarations', text: 'nav.declarations', sign: 'M5 4h14v16H5zM8 8h8M8 12h8M8 16h5' },
  { href: '/core', text: 'nav.core', sign: 'M4 6c0-2 16-2 16 0v12c0 2-16 2-16 0zM4 6c0 2 16 2 16 0M4 12c0 2 16 2 16 0' },
  { href: '/commands', text: 'nav.commands', sign: 'M3 12l18-8-6 16-3-7zM12 13l5-5' },
  { href: '/bonded', text: 'nav.bonded', sign: 'M4 20V9l8-5 8 5v11M8 13l2 2 5-5M8 20h8' },
  { href: '/field', text: 'nav.field', sign: 'M5 9h14v11H5zM9 9V6a3 3 0 0 1 6 0v3M12 12v5M9.5 14.5 12 17l2.5-2.5' },
  { href: '/outbox', text: 'nav.outbox', sign: 'M4 14v6h16v-6M12 16V4M7 9l5-5 5 5' },
  { href: '/messages', text: 'nav.messages', sign: 'M4 5h16v11H9l-5 4z' },
  { href: '/accounts', text: 'nav.accounts', sign: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c0-5 4-7 8-7s8 2 8 7' },
  { href: '/devices', text: 'nav.devices', sign: 'M7 2h10v20H7zM10 18h4M10 5h4' },
  { href: '/network', text: 'nav.network', sign: 'M12 13v8M12 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4M7 16a7 7 0 0 1 0-10M17 6a7 7 0 0 1 0 10M4 19a11 11 0 0 1 0-16M20 3a11 11 0 0 1 0 16' },
  { href: '/units', text: 'nav.units', sign: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4' },
  { href: '/roles', text: 'nav.roles', sign: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM14 16l2 2 4-4' },
  { href: '/requests', text: 'nav.requests', sign: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M2 19c0-4 3-5 6-5M13 16l3 3 6-7' },
  { href: '/policy', text: 'nav.policy', sign: 'M12 3v18M5 7h14M5 7l-3 6h6zM19 7l-3 6h6zM8 21h8' },
  { href: '/audit', text: 'nav.audit', sign: 'M6 3h12v18l-6-3-6 3zM9 8h6M9 12h6' },
  { href: '/security', text: 'nav.security', sign: 'M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6zM9 12l2 2 4-4' },
  { href: '/settings', text: 'nav.settings', sign: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M8 14v6' },
]

const nameOf = (entry: Entry): string => (entry.href === '/' ? 'home' : (entry.href.split('/').at(-1) ?? ''))

/** The pages of a menu, in its order: the platform says which and what comes first, the client what they look like. */
export const entriesOf = (menu: string[]): Entry[] => menu.flatMap((name) => ALL.find((entry) => nameOf(entry) === name) ?? [])

/** Pages that lie under an entry though their address does not say so. */
const UNDER: Record<string, string> = { '/sims': '/devices', '/list/manifest': '/list/voyages' }

/** What the entry is to whoever is at this path: the page itself, the way to a page below it, or nothing. */
export function currentOf(entry: Entry, path: string): 'page' | 'true' | undefined {
  if (path === entry.href) return 'page'
  const above = UNDER[path] ?? path
  return above === entry.href || (entry.href !== '/' && above.startsWith(entry.href + '/')) ? 'true' : undefined
}
