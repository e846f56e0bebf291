import { has, t } from '../base/i18n.svelte'

/** A level of a function in words; a level that the client does not know yet by its code. */
export const levelName = (level: string): string => {
  const key = `level.${level}`
  return has(key) ? t(key) : level
}

/** A span of seconds in minutes where that says it exactly. */
export const seconds = (n: number): string => (n % 60 === 0 ? t('roles.minutes', { n: n / 60 }) : t('roles.seconds', { n }))

export const measure = (unit: string): string => {
  const key = `measure.${unit}`
  return has(key) ? t(key) : unit
}
