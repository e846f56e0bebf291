import { ask, proveWith, whenCastOut, whenTurnedAway, type Problem } from '../base/api'
import { loadCodes } from '../base/codes.svelte'
import { go } from '../base/route.svelte'
import { forgetAll } from '../base/store'
import { extend, resume, seal, shred, unseal } from '../base/vault'
import { cutOff, wipe } from '../base/wipe'
import { forgetTrail } from '../dossier/trail.svelte'
import { countOpen, forgetMine } from '../field/outbox'
import type { LoggedIn, Me } from './types'

/** Where the officer stands: what is shown follows from this alone. */
export type Standing =
  | { at: 'asking' }
  | { at: 'out'; why?: string }
  | { at: 'half'; next: 'second-factor' | 'enrol'; methods: string[]; source?: string }
  /** Without a name where not even the platform could be asked. */
  | { at: 'locked'; account?: string; name?: string; passkey?: boolean; source?: string }
  | { at: 'in'; me: Me }
  /** The platform does not take this device, and nothing is kept on it any more. */
  | { at: 'wiped' }

const state = $state<{ standing: Standing }>({ standing: { at: 'asking' } })
export const standing = (): Standing => state.standing
export const me = (): Me | undefined => (state.standing.at === 'in' ? state.standing.me : undefined)
export const may = (permission: string): boolean => me()?.permissions?.includes(permission) ?? false

const windows = new BroadcastChannel('tongguan')
let active = Date.now()
let told = Date.now()

const idleMs = (): number => (me()?.session?.idleSeconds ?? 300) * 1000

async function enter(mine: Me): Promise<void> {
  active = told = Date.now()
  proveWith(mine.csrf)
  if (mine.offlineKey) await unseal(mine.id, mine.offlineKey, active + (mine.session?.idleSeconds ?? 300) * 1000, { ...mine, csrf: '', offlineKey: '' })
  state.standing = { at: 'in', me: { ...mine, offlineKey: '' } }
  void loadCodes()
}

/** Asks the platform who is in; without a network the officer stays who was at work on this device a moment ago. */
export async function start(): Promise<void> {
  if (cutOff()) await wipe()
  const answer = await ask<Me>('/api/v1/me', { background: true })
  switch (answer.kind) {
    case 'ok':
      return answer.body.next === 'done' ? enter(answer.body) : half(answer.body.next, answer.body.csrf, answer.body.secondFactor.methods, answer.body.source)
    case 'problem':
      if (state.standing.at === 'asking') state.standing = { at: 'out', why: answer.problem.title }
      return
    default: {
      const kept = await resume()
      state.standing = kept ? { at: 'in', me: kept.me as Me } : { at: 'locked' }
    }
  }
}

function half(next: 'second-factor' | 'enrol', csrf: string, methods: string[], source?: string): void {
  proveWith(csrf)
  state.standing = { at: 'half', next, methods, ...(source ? { source } : {}) }
}

/** What this officer types to prove to be the one; who has no password here and no factor yet has just signed on, or must. */
export function proofKind(): 'password' | 'code' | 'signOn' {
  const now = state.standing
  const mine = now.at === 'in' ? now.me : now.at === 'half' || now.at === 'locked' ? now : undefined
  if (mine?.source !== 'oidc') return 'password'
  const methods = now.at === 'in' ? now.me.secondFactor.methods : now.at === 'half' ? now.methods : ['totp']
  return methods.length > 0 ? 'code' : 'signOn'
}

export type TypedProof = { password: string } | { code: string } | { signOn: true }
export function proofOf(typed: string): TypedProof {
  const kind = proofKind()
  return kind === 'password' ? { password: typed } : kind === 'code' ? { code: typed.replace(/\s/g, '') } : { signOn: true }
}

/** A factor has come or gone: what is asked for may be another now. */
export async function factorsChanged(): Promise<void> {
  if (state.standing.at === 'in') await start()
}

export async function loggedIn(answer: LoggedIn): Promise<void> {
  windows.postMessage('in')
  if (answer.next !== 'done') return half(answer.next, answer.csrf, answer.methods)
  proveWith(answer.csrf)
  await start()
  const home = me()?.home
  if (home && home !== '/' && location.pathname === '/') go(home, 'replace')
}

/** What was on the screen leaves the page, its address and its memory. */
function clear(): void {
  forgetTrail()
  document.title = '通關 Tongguan'
  void seal()
}

function locked(account?: string, name?: string, passkey = false, source?: string): void {
  clear()
  state.standing = { at: 'locked', ...(account ? { account } : {}), ...(name ? { name } : {}), ...(source ? { source } : {}), passkey }
  history.replaceState(null, '', '/')
  go('/', 'replace')
}

const hasPasskey = (mine: Me): boolean => mine.secondFactor.methods.includes('passkey')

/** Locks at once; the platform is told, and would have locked by itself. */
export async function lock(): Promise<void> {
  const mine = me()
  if (!mine) return
  locked(mine.account, mine.name, hasPasskey(mine), mine.source)
  windows.postMessage('locked')
  await ask('/api/v1/session/lock', { method: 'POST' })
}

export async function unlocked(csrf: string): Promise<void> {
  proveWith(csrf)
  windows.postMessage('in')
  await start()
}

/** What was done without a network and not sent goes with its officer; that of others who use this device stays. */
export async function logOut(): Promise<void> {
  const mine = me()
  await ask('/api/v1/logout', { method: 'POST' })
  const { others } = await countOpen()
  if (mine) await forgetMine(mine.id)
  clear()
  // Without this device's half nothing opens for anyone, so that it stays as long as others have something to send.
  await (others > 0 ? seal() : shred())
  await forgetAll()
  proveWith('')
  state.standing = { at: 'out' }
  windows.postMessage('out')
  history.replaceState(null, '', '/')
  go('/', 'replace')
}

/** Nothing of the platform stays on a device that it does not take. */
async function forgetThisDevice(): Promise<void> {
  if (state.standing.at === 'wiped') return
  state.standing = { at: 'wiped' }
  clear()
  proveWith('')
  history.replaceState(null, '', '/')
  await wipe()
}

function away(problem: Problem): void {
  if (state.standing.at === 'wiped') return
  if (problem.code === 'session-locked') {
    if (typeof problem['csrf'] === 'string') proveWith(problem['csrf'])
    locked(problem['account'] as string, problem['name'] as string, problem['passkey'] === true, problem['source'] as string)
  } else if (problem.code === 'not-signed-in') {
    const was = state.standing.at
    clear()
    state.standing = { at: 'out', ...(was === 'in' || was === 'locked' ? { why: problem.title } : {}) }
  } else void start()
}

/** Watches the officer at work, so that the screen locks when no one is. */
export function watch(): void {
  whenTurnedAway(away)
  whenCastOut(() => {
    windows.postMessage('wiped')
    void forgetThisDevice()
  })
  for (const sign of ['pointerdown', 'keydown', 'wheel', 'touchmove']) addEventListener(sign, () => (active = Date.now()), { passive: true, capture: true })
  const look = (): void => {
    if (state.standing.at !== 'in') return
    const now = Date.now()
    if (now - active >= idleMs()) return void lock()
    // Reading is work, too: the platform hears of it before it would lock, and only when there was some.
    if (active > told && now - told > idleMs() / 4) {
      told = now
      extend(active + idleMs())
      void ask('/api/v1/me')
    }
  }
  setInterval(look, 1000)
  document.addEventListener('visibilitychange', look)
  addEventListener('pageshow', look)
  windows.onmessage = ({ data }: MessageEvent<string>) => {
    const mine = me()
    if (data === 'locked' && mine) locked(mine.account, mine.name, hasPasskey(mine), mine.source)
    else if (data === 'out' && state.standing.at !== 'out') {
      clear()
      state.standing = { at: 'out' }
    } else if (data === 'wiped') void forgetThisDevice()
    else if (data === 'in') void start()
  }
  addEventListener('online', () => {
    if (state.standing.at === 'locked' || state.standing.at === 'in') void start()
  })
}
