/** Signs in past the browser: for specs about other things than signing in. */
import { createHmac } from 'node:crypto'

/** The password of a demo account, from the lines that the platform wrote. */
export function passwordOf(accounts, name) {
  const line = accounts.split('\n').find((each) => each.startsWith(name + ' '))
  if (!line) throw new Error('no demo account ' + name)
  return line.trim().split(/\s+/)[1]
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code of a secret in base 32 at a moment (RFC 6238). */
export function codeOf(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => LETTERS.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', key).update(step).digest()
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Cookies as a header, and the token of our own page. An administrator without a second factor sets one up. */
export async function signIn(url, accounts, name) {
  const jar = new Map()
  let csrf = ''
  const post = async (path, body) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, Cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      body: JSON.stringify(body),
    })
    for (const cookie of response.headers.getSetCookie()) jar.set(...cookie.split(';')[0].split('='))
    const answer = await response.json()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
    csrf = answer.csrf ?? csrf
    return answer
  }
  const password = passwordOf(accounts, name)
  const { next } = await post('/api/v1/login', { account: name, password })
  if (next === 'second-factor') throw new Error(name + ' has a second factor already; use a fresh platform')
  if (next === 'enrol') {
    const { secret } = await post('/api/v1/me/totp', { password })
    await post('/api/v1/me/totp/confirm', { code: codeOf(secret) })
  }
  return { name, password, cookies: [...jar], csrf }
}
