import { expect, test } from 'vitest'
import { lines } from './details'

test('members in members are told by the way to them', () => {
  expect(lines({ request: 'r', shown: { title: 'Grant roles', list: [{ role: 'officer' }] } })).toEqual([['request', 'r'], ['shown.title', 'Grant roles'], ['shown.list.0.role', 'officer']])
})

test('nothing is left out because it is empty, nought or no', () => {
  expect(lines({ a: 0, b: false, c: null, d: '', e: [], f: {} })).toEqual([['a', '0'], ['b', 'false'], ['c', 'null'], ['d', ''], ['e', '[]'], ['f', '{}']])
})

test('an entry without details has no lines', () => {
  expect(lines({})).toEqual([])
})
