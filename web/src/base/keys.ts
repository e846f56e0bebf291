/** Numbers as people read them. The server stays the judge of what a number is; this is only for the eye. */

export function shown(kind: string, key: string): string {
  if (kind === 'container' && /^[A-Z]{4}\d{7}$/.test(key)) return `${key.slice(0, 4)} ${key.slice(4, 10)} ${key.slice(10)}`
  if (kind === 'declaration' && key.length === 14)
    return [key.slice(0, 2), key.slice(2, 4).trim(), key.slice(4, 6), key.slice(6, 10), key.slice(10)].join('/')
  if (kind === 'bill' && /^\d{11}(\/|$)/.test(key)) return `${key.slice(0, 3)}-${key.slice(3, 7)} ${key.slice(7)}`
  return key
}

export type Guess = { kind: string; checkDigit?: 'ok' | 'wrong' }

/** What a text looks like while it is being typed. */
export function guess(typed: string): Guess | undefined {
  const plain = typed.normalize('NFKC').toUpperCase()
  const compact = plain.replace(/[^A-Z0-9]/g, '')
  if (/^[A-Z]{3}[UJZ]\d{7}$/.test(compact))
    return { kind: 'container', checkDigit: containerDigit(compact) === compact[10] ? 'ok' : 'wrong' }
  if (/^\d{11}$/.test(compact))
    return { kind: 'bill', checkDigit: Number(compact.slice(3, 10)) % 7 === Number(compact[10]) ? 'ok' : 'wrong' }
  if (/^[A-Z]{2}([A-Z]{2})?\d{2}[A-Z0-9]{8}$/.test(compact)) return { kind: 'declaration' }
  if (/^(IMO)?\d{7}[ /-]+\w+$/.test(plain.trim())) return { kind: 'voyage' }
  if (/^\d{8}$/.test(compact)) return { kind: 'company' }
  return undefined
}

/** ISO 6346, annex A. */
function containerDigit(number: string): string {
  let sum = 0
  for (let i = 0; i < 10; i++) {
    const c = number.charCodeAt(i)
    const value = c < 65 ? c - 48 : c - 55 + Math.floor((c - 56) / 10)
    sum += value * 2 ** i
  }
  return String((sum % 11) % 10)
}
