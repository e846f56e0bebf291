import { expect, test } from 'vitest'
import { guess, shown } from './keys'

test('a container number is read in groups', () => {
  expect(shown('container', 'CSQU3054383')).toBe('CSQU 305438 3')
  expect(shown('container', 'SHIPPERSOWN7')).toBe('SHIPPERSOWN7')
})

test('a declaration number without a second office keeps its empty place', () => {
  expect(shown('declaration', 'AABC9912345678')).toBe('AA/BC/99/1234/5678')
  expect(shown('declaration', 'AA  9912345678')).toBe('AA//99/1234/5678')
})

test('an air waybill is read as prefix and serial', () => {
  expect(shown('bill', '69512345675')).toBe('695-1234 5675')
  expect(shown('bill', '69512345675/H123')).toBe('695-1234 5675/H123')
  expect(shown('bill', 'COSU6123456780')).toBe('COSU6123456780')
})

test('a check digit is judged while typing, however the number is typed', () => {
  // ISO 6346's own example.
  expect(guess('csqu 305438-3')).toEqual({ kind: 'container', checkDigit: 'ok' })
  expect(guess('ＣＳＱＵ３０５４３８３')).toEqual({ kind: 'container', checkDigit: 'ok' })
  expect(guess('CSQU3054384')).toEqual({ kind: 'container', checkDigit: 'wrong' })
  expect(guess('695-1234 5675')).toEqual({ kind: 'bill', checkDigit: 'ok' })
  expect(guess('695-1234 5676')).toEqual({ kind: 'bill', checkDigit: 'wrong' })
})

test('the remainder ten of a container number is written as nought', () => {
  expect(guess('MSKU0000110')?.kind).toBe('container')
  const verdicts = Array.from({ length: 2000 }, (_, i) => 'MSKU' + String(i).padStart(6, '0')).map((serial) =>
    Array.from({ length: 10 }, (_, digit) => guess(serial + digit)?.checkDigit).filter((verdict) => verdict === 'ok').length)
  expect(new Set(verdicts)).toEqual(new Set([1]))
})

test('other numbers are told by their shape, and what has none is left to the platform', () => {
  expect(guess('AA/BC/99/1234/5678')?.kind).toBe('declaration')
  expect(guess('AA//99/1234/5678')?.kind).toBe('declaration')
  expect(guess('IMO9074729 0123E')?.kind).toBe('voyage')
  expect(guess('12345675')?.kind).toBe('company')
  expect(guess('hello')).toBeUndefined()
  expect(guess('')).toBeUndefined()
})
