import { expect, it } from 'vitest'
import type { Item } from '../base/api-types'
import { aDiscrepancy, difference, empty, input, missing, resultOf, type Form } from './form'

const computers: Item = { line: 1, commodityCode: '84713000', description: '電腦', quantity: 120.3, unit: 'PCE' }
const bags: Item = { line: 2, commodityCode: '42022100', description: '皮包' }
const items = [computers, bags]

const full = (change: Partial<Form> = {}): Form => ({
  ...empty(), packagesOpened: '3', origin: { marks: 'as-declared', country: '' }, intellectualProperty: { outcome: 'none', right: '' }, cites: { outcome: 'none', species: '', permit: '' }, ...change,
})

it('lacks what has not been looked at yet, and nothing more once it has', () => {
  expect(missing(empty())).toEqual(['goods', 'marks'])
  expect(missing(full())).toEqual([])
  expect(missing(full({ photos: [{ sha256: 'a', bytes: 1, takenAt: '' }] }))).toEqual(['photos'])
  expect(missing(full({ discrepancies: [aDiscrepancy()] }))).toEqual(['discrepancies'])
  expect(missing(full({ cites: { outcome: 'permit-seen', species: 'Python', permit: '' } }))).toEqual(['marks'])
})

it('says the result that the findings make', () => {
  expect(resultOf(full(), items)).toBe('clear')
  expect(resultOf(full({ sampled: true }), items)).toBe('sampled')
  expect(resultOf(full({ quantities: { 1: '120.3' } }), items)).toBe('clear')
  expect(resultOf(full({ quantities: { 1: '120.2' } }), items)).toBe('discrepancy')
  expect(resultOf(full({ quantities: { 2: '5' } }), items)).toBe('clear')
  expect(resultOf(full({ origin: { marks: 'other', country: 'CN' } }), items)).toBe('discrepancy')
})

it('counts differences without the noise of binary numbers', () => {
  expect(difference(computers, '120.2')).toBe(-0.1)
  expect(difference(computers, '12x')).toBeUndefined()
  expect(difference(bags, '5')).toBeUndefined()
})

it('asks the platform for what is on the screen and not for what was left behind on it', () => {
  const form = full({ quantities: { 1: '118', 2: '' }, origin: { marks: 'as-declared', country: 'CN' }, sample: { number: 'S1', quantity: '1', unit: 'KGM', purpose: '' } })

  expect(input(form, items)).toEqual({
    result: 'discrepancy', packagesOpened: 3, quantities: [{ line: 1, found: '118', unit: 'PCE' }],
    origin: { marks: 'as-declared' }, intellectualProperty: { outcome: 'none' }, cites: { outcome: 'none' },
  })
})
