import { ask, type Problem } from '../base/api'

/** What a passkey came to: signed, given up by the officer or the browser, or refused by the platform. */
export type Tried = { kind: 'signed'; credential: object } | { kind: 'given-up' } | { kind: 'problem'; problem: Problem } | { kind: 'offline' }

/** Passkeys belong to a name: a page that was reached by a bare address has none (WebAuthn, section 5.1.3). */
export const passkeysWork = (): boolean =>
  'PublicKeyCredential' in window && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' && !/^[\d.]+$|:/.test(location.hostname)

async function held(work: () => Promise<Credential | null>): Promise<Tried> {
  try {
    const credential = await work()
    return credential ? { kind: 'signed', credential: (credential as PublicKeyCredential).toJSON() as object } : { kind: 'given-up' }
  } catch {
    return { kind: 'given-up' }
  }
}

/** Asks the officer's passkey to sign. */
export const sign = (options: object): Promise<Tried> =>
  held(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) }))

/** Asks the platform what is to be signed, and the passkey to sign it. */
export async function signFrom(path: string): Promise<Tried> {
  const asked = await ask<object>(path, { method: 'POST' })
  return asked.kind === 'ok' ? sign(asked.body) : asked.kind === 'problem' ? asked : { kind: 'offline' }
}

/** Makes a new passkey, once the officer has proven to be the one. */
export async function create(proof: object): Promise<Tried> {
  const asked = await ask<PublicKeyCredentialCreationOptionsJSON>('/api/v1/me/passkeys/options', { method: 'POST', body: proof })
  if (asked.kind !== 'ok') return asked.kind === 'problem' ? asked : { kind: 'offline' }
  return held(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked.body) }))
}
