import { afterEach, expect, test } from 'vitest'
import { speak, t } from './i18n.svelte'
import { ago, day, minute } from './time'

afterEach(() => speak('zh-TW'))

test('what is filled in is text and is not read again as a pattern', () => {
  expect(t('scan.heard', { key: '{key} $& $1' })).toContain('{key} $& $1')
})

test('the chosen language is kept and told to the screen reader', () => {
  speak('en')
  expect(t('nav.settings')).toBe('Settings')
  expect(document.documentElement.lang).toBe('en')
  expect(localStorage.getItem('tongguan.language')).toBe('en')
})

test('moments are Taiwan’s, whatever the device is set to', () => {
  expect(minute('2026-11-20T18:30:00Z').replace(/\s/gu, ' ')).toBe('11/21 02:30')
  expect(day('2026-11-20T18:30:00Z')).toBe('2026/11/21')
  speak('en')
  expect(minute('2026-11-20T18:30:00Z').replace(/\s/gu, ' ')).toBe('21 Nov, 02:30')
})

test('age is told in the largest unit that fits, and never as negative', () => {
  const now = 1_000_000_000_000
  expect(ago(now + 5_000, now)).toBe('剛剛')
  expect(ago(now - 3 * 60_000, now)).toBe('3 分鐘前')
  expect(ago(now - 5 * 3_600_000, now)).toContain('5 ')
  expect(ago(now - 3 * 86_400_000, now)).toContain('3 ')
})
