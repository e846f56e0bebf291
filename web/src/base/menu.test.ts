import { expect, test } from 'vitest'
import { currentOf, entriesOf } from './menu'

const ALL = entriesOf(['home', 'flow', 'voyages', 'messages', 'accounts', 'devices', 'network', 'roles', 'settings'])
const marked = (path: string): string[] => ALL.flatMap((entry) => (currentOf(entry, path) ? [`${entry.href} ${currentOf(entry, path)}`] : []))

test('a page is marked as the page, and its entry as the way to it from whatever lies below', () => {
  expect(marked('/')).toEqual(['/ page'])
  expect(marked('/devices')).toEqual(['/devices page'])
  for (const path of ['/devices/0198c3f1', '/devices/0198c3f1/hand-out', '/devices/import', '/sims']) expect(marked(path)).toEqual(['/devices true'])
  expect(marked('/network/refusals')).toEqual(['/network true'])
  expect(marked('/accounts/7')).toEqual(['/accounts true'])
  expect(marked('/roles/officer')).toEqual(['/roles true'])
  expect(marked('/messages/9')).toEqual(['/messages true'])
  expect(marked('/list/manifest')).toEqual(['/list/voyages true'])
})

test('what no entry leads to marks none', () => {
  for (const path of ['/d', '/list/flowers', '/devices2', '/nowhere']) expect(marked(path)).toEqual([])
})
