import { expect, test } from 'vitest'
import { speak } from '../base/i18n.svelte'
import { due } from './due'

const NOON = Date.parse('2026-11-25T12:00:00Z')

test('a deadline says how much time is left, or by how much it is over', () => {
  speak('en')
  expect(due('2026-11-25T12:30:00Z', NOON)).toEqual({ tone: 'wait', text: '30 min left' })
  expect(due('2026-11-25T22:00:00Z', NOON)).toEqual({ tone: 'calm', text: '10 h left' })
  expect(due('2026-11-25T09:00:00Z', NOON)).toEqual({ tone: 'stop', text: '3 h late' })
  expect(due('2026-11-01T12:00:00Z', NOON)).toEqual({ tone: 'stop', text: '24 days late' })
  expect(due(undefined, NOON)).toBeUndefined()
})
