import { language, t } from './i18n.svelte'

/** What the platform says when it says no (RFC 9457). */
export type Problem = {
  code: string
  title: string
  status: number
  correlation?: string
  [member: string]: unknown
}

export type Answer<T> =
  | { kind: 'ok'; body: T; etag: string | null }
  | { kind: 'unchanged' }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'offline' }

const PATIENCE_MS = 20_000

/** Proves to the platform that a change comes from this page; known to nothing but its memory. */
let csrf = ''
export const proveWith = (token: string): void => void (csrf = token)

/** Hears when the platform says that the officer is out (401) or the screen locked (423). */
let turnedAway: (problem: Problem) => void = () => undefined
export const whenTurnedAway = (listener: (problem: Problem) => void): void => void (turnedAway = listener)

/** Hears when the platform does not take this device. An order to the browser (Clear-Site-Data) is not shown to pages. */
let castOut: () => void = () => undefined
export const whenCastOut = (listener: () => void): void => void (castOut = listener)

const OUT = ['not-signed-in', 'session-locked', 'second-factor-needed', 'enrol-needed']

/** Asks the platform. Never throws: no network and no answer in time are answers too. */
export async function ask<T>(path: string, options: { etag?: string; method?: string; body?: unknown; bytes?: Blob; key?: string; background?: boolean } = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() }
  if (options.etag) headers['If-None-Match'] = options.etag
  if (options.key) headers['Idempotency-Key'] = options.key
  if (options.method) {
    headers['Content-Type'] = options.bytes ? 'application/octet-stream' : 'application/json'
    if (csrf) headers['X-CSRF-Token'] = csrf
  }
  if (options.background) headers['X-Background'] = '1'
  try {
    const response = await fetch(path, {
      method: options.method ?? 'GET',
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(options.method ? { body: options.bytes ?? JSON.stringify(options.body ?? {}) } : {}),
    })
    if (response.status === 304) return { kind: 'unchanged' }
    const body: unknown = await response.json().catch(() => undefined)
    if (body === undefined) return { kind: 'problem', problem: { code: 'unreadable-answer', title: t('problem.unreadable'), status: response.status < 500 ? 502 : response.status } }
    if (response.ok) return { kind: 'ok', body: body as T, etag: response.headers.get('ETag') }
    const problem = body as Problem
    if (OUT.includes(problem.code)) turnedAway(problem)
    if (problem.code === 'not-from-here') castOut()
    return { kind: 'problem', problem }
  } catch {
    return { kind: 'offline' }
  }
}
