import { expect, test } from 'vitest'
import { tree } from './tree'
import type { Unit } from './types'

const unit = (code: string, parent?: string): Unit => ({ code, nameZh: code, nameEn: code, kind: 'team', version: 1, ...(parent ? { parent } : {}) })
const shape = (units: Unit[]): string[] => tree(units).map(({ unit, depth }) => '.'.repeat(depth) + unit.code)

test('each unit is followed by those below it, in whatever order they came', () => {
  expect(shape([unit('A2', 'A'), unit('HQ'), unit('A21', 'A2'), unit('B', 'HQ'), unit('A', 'HQ'), unit('A1', 'A')])).toEqual(['HQ', '.B', '.A', '..A2', '...A21', '..A1'])
})

test('a unit whose parent is out of sight is not lost', () => {
  expect(shape([unit('B1', 'B'), unit('B11', 'B1')])).toEqual(['B1', '.B11'])
})

test('no units make no tree', () => {
  expect(tree([])).toEqual([])
})
