import { expect, test } from 'vitest'
import { numbersIn } from './numbers'

test('a pasted list is a number a line, however the lines end', () => {
  expect(numbersIn('csqu 305438 3\r\n297-1234 5675\n\nAA/BC/99/1234/5678')).toEqual(['CSQU3054383', '29712345675', 'AA/BC/99/1234/5678'])
})

test('of a table each line gives its number, headings give none', () => {
  expect(numbersIn('waybill,goods,kg\n"297-12345675/SQ1001","tyres, new",12.5\n297-12345675/SQ1002,lamps,3')).toEqual(['297-12345675/SQ1001', '297-12345675/SQ1002'])
})

test('numbers beside each other are all taken', () => {
  expect(numbersIn('SQ00000001, SQ00000002;SQ00000003\tSQ00000004')).toHaveLength(4)
})

test('full width becomes half width', () => {
  expect(numbersIn('ＣＳＱＵ３０５４３８３')).toEqual(['CSQU3054383'])
})
