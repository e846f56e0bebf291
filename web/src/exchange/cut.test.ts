import { expect, test } from 'vitest'
import { cut } from './cut'

const reason = { code: 'x', where: '', text: 'x' }

test('an offset and a value mark the value', () => {
  expect(cut("UNH+1'TDT+20+X'", { ...reason, offset: 6, value: 'TDT' })).toEqual({ before: "UNH+1'", marked: 'TDT', after: "+20+X'" })
})

test('a pointer into JSON marks the value of the member that it names, not the first like it', () => {
  const raw = '{"reference":"heavy","payload":{"grossKg":"heavy"}}'
  const { before, marked } = cut(raw, { ...reason, where: '/payload/grossKg', value: 'heavy' })
  expect(marked).toBe('heavy')
  expect(before.endsWith('"grossKg":"')).toBe(true)
})

test('a pointer into a list names the member above the number', () => {
  expect(cut('{"items":[{"line":"x"}]}', { ...reason, where: '/items/0/line', value: 'x' }).before).toBe('{"items":[{"line":"')
})

test('without a place nothing is marked and nothing is lost', () => {
  expect(cut('raw', reason)).toEqual({ before: 'raw', marked: '', after: '' })
  expect(cut('raw', { ...reason, offset: 99 })).toEqual({ before: 'raw', marked: '', after: '' })
  expect(cut('', undefined)).toEqual({ before: '', marked: '', after: '' })
})
