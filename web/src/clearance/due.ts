import { t } from '../base/i18n.svelte'

const NEAR_MS = 4 * 3_600_000

/** How a deadline looks, and how it is said: what is over, what is near, what has time. */
export function due(iso: string | undefined, now: number): { tone: 'stop' | 'wait' | 'calm'; text: string } | undefined {
  if (!iso) return undefined
  const left = Date.parse(iso) - now
  const time = span(Math.abs(left))
  return left < 0 ? { tone: 'stop', text: t('work.late', { time }) } : { tone: left < NEAR_MS ? 'wait' : 'calm', text: t('work.left', { time }) }
}

function span(millis: number): string {
  const minutes = Math.max(1, Math.round(millis / 60_000))
  if (minutes < 60) return t('span.minutes', { n: minutes })
  if (minutes < 48 * 60) return t('span.hours', { n: Math.round(minutes / 60) })
  return t('span.days', { n: Math.round(minutes / 1440) })
}
