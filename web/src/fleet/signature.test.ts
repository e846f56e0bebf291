import { expect, test } from 'vitest'
import { begin, draw, heightOf, isSigned, pathOf, trace, type Strokes } from './signature'

const dots = (n: number): Strokes => Array.from({ length: n }).reduce<Strokes>((strokes, _, i) => begin(strokes, i, 0), [])

test('what is drawn stays on the pad, in whole thousandths', () => {
  expect(draw(begin([], -3, 12.4), 1200, 999)).toEqual([[[0, 12], [1000, 400]]])
})

test('points that say nothing more are left out', () => {
  expect(draw(draw(begin([], 10, 10), 12, 12), 30, 10)).toEqual([[[10, 10], [30, 10]]])
})

test('more than the platform takes is not drawn', () => {
  expect(dots(500)).toHaveLength(200)
  let long = begin([], 0, 0)
  for (let i = 1; i < 5000; i++) long = draw(long, (i * 10) % 1000, (i * 7) % 400)
  expect(long.flat().length).toBe(2000)
  expect(begin(long, 1, 1)).toBe(long)
})

test('dots are no signature', () => {
  expect(isSigned([])).toBe(false)
  expect(isSigned(dots(3))).toBe(false)
  expect(isSigned(draw(begin([], 0, 0), 50, 50))).toBe(true)
})

test('a dot can be seen, and a higher pad’s signature is not cut', () => {
  expect(pathOf([[[5, 6]]])).toBe('M5 6L5 6')
  expect(heightOf([[[0, 900], [1, 1]]])).toBe(900)
  expect(heightOf([])).toBe(400)
})

test('touching stretches of ink become one stroke that runs to and fro', () => {
  const rows = ['##..#', '##..#', '....#'].map((row) => [...row].map((cell) => cell === '#'))

  expect(trace(rows, 0, 0, 10)).toEqual([
    [[0, 5], [20, 5], [20, 15], [0, 15]],
    [[40, 5], [50, 5], [50, 15], [40, 15], [40, 25], [50, 25]],
  ])
})
