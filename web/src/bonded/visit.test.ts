import { expect, it } from 'vitest'
import type { BondedVisit } from '../base/api-types'
import { blank, counted, difference, input, isReady, itemsOf, type Notes } from './visit'

const visit = {
  items: [{ code: 'P1', description: '積體電路', unit: 'PCE', book: 100.5 }, { code: 'P2', description: '晶圓', unit: 'KGM', book: 3 }],
  questions: [{ code: 'locks-whole', text: '' }],
} as unknown as BondedVisit

const full = (change: Partial<Notes> = {}): Notes => ({
  ...blank(), counts: { P1: '100.5', P2: '3' }, answers: { 'locks-whole': { answer: 'yes', remark: '' } }, signer: '林淑芬', signature: [[[1, 1], [200, 200]]], ...change,
})

it('reads lines as a spreadsheet gives them', () => {
  expect(itemsOf('P1\t積體電路\tPCE\t100.5\n\nP2\t晶圓, 8 吋\tKGM\t3').items).toEqual([
    { code: 'P1', description: '積體電路', unit: 'PCE', book: '100.5' }, { code: 'P2', description: '晶圓, 8 吋', unit: 'KGM', book: '3' },
  ])
  expect(itemsOf('P1, wafers, 8 inch, PCE, 7').items).toEqual([{ code: 'P1', description: 'wafers, 8 inch', unit: 'PCE', book: '7' }])
})

it('names the first line that is not as it should be', () => {
  expect(itemsOf('P1,a,PCE,1\nP1,b,PCE,2').bad).toBe(2)
  expect(itemsOf('P1,a,PCE,-1').bad).toBe(1)
  expect(itemsOf('P1,PCE,1').bad).toBe(1)
})

it('counts differences without the noise of binary numbers', () => {
  expect(difference(100.5, '100.2')).toBe(-0.3)
  expect(difference(3, '')).toBeUndefined()
  expect(difference(3, '3,5')).toBeUndefined()
})

it('is ready when all is counted, answered and signed', () => {
  expect(isReady(visit, full())).toBe(true)
  expect(isReady(visit, full({ counts: { P1: '100.5' } }))).toBe(false)
  expect(counted(visit, full({ counts: { P1: '100.5' } }))).toBe(1)
  expect(isReady(visit, full({ answers: { 'locks-whole': { answer: 'no', remark: ' ' } } }))).toBe(false)
  expect(isReady(visit, full({ signature: [] }))).toBe(false)
  expect(input(visit, full()).counts).toEqual([{ code: 'P1', counted: '100.5' }, { code: 'P2', counted: '3' }])
})
