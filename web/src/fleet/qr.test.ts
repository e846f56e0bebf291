// @vitest-environment node
import { expect, test } from 'vitest'
import { readCodes } from '../../e2e/reader.mjs'
import { path, qr } from './qr'

const SCALE = 4
const QUIET = 4

/** What a stranger's reader sees. */
async function read(grid: boolean[][]): Promise<string[]> {
  const side = (grid.length + 2 * QUIET) * SCALE
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  grid.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) for (let dy = 0; dy < SCALE; dy++) for (let dx = 0; dx < SCALE; dx++) data.fill(0, (((y + QUIET) * SCALE + dy) * side + (x + QUIET) * SCALE + dx) * 4, (((y + QUIET) * SCALE + dy) * side + (x + QUIET) * SCALE + dx) * 4 + 3)
  }))
  return readCodes({ data, width: side, height: side })
}

test('every version is read by another reader, at its least and its greatest length', async () => {
  const sizes = new Set<number>()
  for (const length of [1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213, 214, 251, 252, 287, 288, 331, 332, 362, 363, 412]) {
    const text = Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * 31 + length * 7) % 90))).join('')
    const grid = qr(text)
    sizes.add(grid.length)
    expect(await read(grid), `${length} bytes`).toEqual([text])
  }
  expect([...sizes]).toEqual(Array.from({ length: 15 }, (_, i) => 21 + 4 * i))
})

test('an enrolment is read as it was written', async () => {
  const text = `tongguan-enrol:1:https://gate.customs.example:8443:7K3M-Q9TX-2B4C-ZW8H:${'3fa9'.repeat(16)}`

  expect(await read(qr(text))).toEqual([text])
})

test('letters of all writings come through as UTF-8', async () => {
  expect(await read(qr('行動通關'))).toEqual(['行動通關'])
})

test('what is too long is said to be', () => {
  expect(() => qr('x'.repeat(413))).toThrow(RangeError)
})

test('the picture has one square for each dark module', () => {
  const grid = qr('A')
  expect(path(grid).split('M').length - 1).toBe(grid.flat().filter(Boolean).length)
})
