import { mount, unmount } from 'svelte'
import { afterEach, expect, test } from 'vitest'
import DossierView from './DossierView.svelte'
import recorded from './container.fixture.json'
import type { Dossier } from '../base/api-types'

let shown: ReturnType<typeof mount> | undefined
afterEach(() => {
  if (shown) void unmount(shown)
  document.body.replaceChildren()
})

function show(dossier: Dossier, from: 'server' | 'device' = 'server'): HTMLElement {
  shown = mount(DossierView, { target: document.body, props: { dossier, fetched: Date.now(), from, onmoved: () => undefined } })
  return document.body
}

test('a recorded dossier shows its number in groups, and every number of its own as a link', () => {
  const page = show(recorded as Dossier)

  expect(page.querySelector('h1')?.textContent).toBe('TGHU 159537 0')
  const links = [...page.querySelectorAll('a')].map((link) => new URL(link.href).searchParams.get('k'))
  for (const key of ['AE  150000000L', 'YMLU6000000050', '9029970/0000E', 'DP15000001', 'EXAE150000000L', 'TW7828829', '10236321', '150000']) expect(links).toContain(key)
})

test('things that repeat in a record do not break the page', () => {
  const twice = structuredClone(recorded) as Dossier
  twice.timeline?.push(...twice.timeline.slice(0, 2))
  twice.movements?.push(...twice.movements.slice(0, 2))
  expect(show(twice).querySelector('h1')).not.toBeNull()
})

test('many declarations of a voyage are told as a spread, not as one state', () => {
  const many = structuredClone(recorded) as Dossier
  const one = many.declarations?.[0]
  if (!one) throw new Error('the fixture has no declaration')
  many.subject = { kind: 'voyage', key: '9029970/0000E' }
  many.declarations = Array.from({ length: 6 }, (_, i) => ({ ...one, key: `AE  15000000${i}L`, phase: i < 4 ? 'out' : 'duty' }))
  const page = show(many)
  expect(page.querySelector('.state')).toBeNull()
  expect(page.querySelector('.phases')?.textContent).toMatch(/4.*已提領.*2/)
})

test('a copy of the device says so', () => {
  expect(show(recorded as Dossier, 'device').querySelector('.age.old')).not.toBeNull()
})
