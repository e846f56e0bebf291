import { language, t } from './i18n.svelte'

/** Moments as officers read them: Taiwan's time, whatever the device is set to. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(kind: 'day' | 'minute' | 'second'): Intl.DateTimeFormat {
  const name = language() + kind
  let made = formats.get(name)
  if (!made) {
    made = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'zh-TW', {
      timeZone: 'Asia/Taipei',
      month: language() === 'en' ? 'short' : '2-digit',
      day: '2-digit',
      ...(kind === 'minute' ? {} : { year: 'numeric' }),
      ...(kind === 'day' ? {} : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
      ...(kind === 'second' ? { second: '2-digit' } : {}),
    })
    formats.set(name, made)
  }
  return made
}

export const minute = (iso: string): string => format('minute').format(new Date(iso))
/** With year and second, for a log. */
export const second = (iso: string): string => format('second').format(new Date(iso))
export const day = (iso: string): string => format('day').format(new Date(iso))

/** How long ago, in the largest unit that fits. */
export function ago(millis: number, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - millis) / 60_000))
  if (minutes < 1) return t('age.now')
  if (minutes < 60) return t('age.minutes', { n: minutes })
  if (minutes < 60 * 48) return t('age.hours', { n: Math.round(minutes / 60) })
  return t('age.days', { n: Math.round(minutes / 1440) })
}
