import { inject } from 'vitest'
import { lastLetter } from './letters.mjs'
import { administrator, unique, url, type Signed } from './world'

/** What an administrator does past the browser: looked at and confirmed as on the pages. */
export async function confirmed(path: string, input: object, as: Signed = administrator()): Promise<Record<string, string>> {
  const post = async (to: string, body: object, headers: Record<string, string> = {}): Promise<Record<string, string>> => {
    const response = await fetch(url() + to, {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': as.csrf, Cookie: as.cookies.map(([name, value]) => `${name}=${value}`).join('; '), ...headers },
    })
    if (!response.ok) throw new Error(`${to}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, string>
  }
  const { confirmation } = await post(path + '/draft', input)
  return post(path, { input, confirmation, password: as.password }, { 'Idempotency-Key': crypto.randomUUID() })
}

/** The last letter to an address, opened. */
export const letterTo = (mail: string): string => lastLetter(inject('mail'), mail)

export const secretOf = (letter: string): string => letter.trim().split(/\s+/).at(-1) ?? ''

type Newcomer = { id: string; account: string; mail: string }

/** An account made for one spec, so that it can be locked, renamed or given a second factor without hurting another. */
export async function newcomer(names: { nameZh?: string; nameEn?: string } = {}): Promise<Newcomer> {
  const account = unique('new').toLowerCase()
  const mail = account + '@example.test'
  const { id = '' } = await confirmed('/api/v1/accounts', { account, nameZh: names.nameZh ?? '新關員', nameEn: names.nameEn ?? 'New Officer', unit: 'A', clearance: 0, mail })
  return { id, account, mail }
}

export const PASSWORD = 'a harbour in the morning'

/** The same with a password set, so that it can sign in. */
export async function settledNewcomer(): Promise<Newcomer> {
  const made = await newcomer()
  const response = await fetch(url() + '/api/v1/setup', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret: secretOf(letterTo(made.mail)), password: PASSWORD }),
  })
  if (!response.ok) throw new Error(await response.text())
  return made
}
