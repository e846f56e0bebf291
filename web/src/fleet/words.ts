import { has, t, type TextKey } from '../base/i18n.svelte'
import type { Command, Device, DeviceDetail, Policy, Sim } from './types'

type Tone = 'go' | 'wait' | 'stop' | 'calm'

/** A code in words; one that this client does not know yet stays as it is. */
function word(family: string, code: string): string {
  const key = `${family}.${code}`
  return has(key) ? t(key) : code
}

export const kindOf = (kind: string): string => word('deviceKind', kind)
export const stateOf = (state: string): string => word('deviceState', state)
export const simState = (state: string): string => word('simState', state)
export const eventOf = (kind: string): string => word('deviceEvent', kind)
export const interfaceOf = (name: string): string => word('interface', name)
export const interfaceState = (state: string): string => word('interfaceState', state)
export const commandOf = (kind: string): string => word('command', kind)

export const KINDS = ['pda', 'tablet', 'notebook'] as const
export const STATES = ['in-stock', 'assigned', 'in-repair', 'lost', 'retired'] as const
export const SIM_STATES = ['in-stock', 'active', 'blocked', 'retired'] as const

export const TONES: Record<Device['state'], Tone> = { 'in-stock': 'calm', assigned: 'go', 'in-repair': 'wait', lost: 'stop', retired: 'calm' }
export const SIM_TONES: Record<Sim['state'], Tone> = { 'in-stock': 'calm', active: 'go', blocked: 'stop', retired: 'calm' }

/** An ICCID, telephone number or code in groups that an eye can hold. */
export const grouped = (digits: string, size = 4): string => digits.match(new RegExp(`.{1,${size}}`, 'g'))?.join(' ') ?? digits

/** An IMEI as it is printed on the device: kept are 14 digits, the fifteenth follows from them (Luhn). */
export function imei(kept: string): string {
  const sum = [...kept].reduce((total, digit, i) => {
    const weighted = Number(digit) * (i % 2 === kept.length % 2 ? 1 : 2)
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return kept + String((10 - (sum % 10)) % 10)
}

/** Where a command stands, and no more than is known of it. */
export type Standing = { text: TextKey; tone: Tone; at?: string }
export function standingOf(command: Command, now: number): Standing {
  switch (command.outcome) {
    case 'done':
      return { text: 'commandState.done', tone: 'go', ...at(command.answeredAt) }
    case 'refused':
      return { text: 'commandState.refused', tone: 'stop', ...at(command.answeredAt) }
    case 'failed':
      return { text: 'commandState.failed', tone: 'stop', ...at(command.answeredAt) }
    case 'waived':
      return { text: 'commandState.waived', tone: 'stop', ...at(command.answeredAt) }
    case 'expired':
      return { text: 'commandState.lapsed', tone: 'calm', ...at(command.endsAt) }
    case 'superseded':
      return { text: 'commandState.superseded', tone: 'calm', ...at(command.answeredAt) }
    default:
      if (command.endsAt && Date.parse(command.endsAt) <= now) return { text: 'commandState.lapsed', tone: 'calm', at: command.endsAt }
      return command.sentAt ? { text: 'commandState.sent', tone: 'wait', at: command.sentAt } : { text: 'commandState.waiting', tone: 'wait' }
  }
}

const at = (moment: string | undefined): { at?: string } => (moment ? { at: moment } : {})

export const RULES = ['lock', 'open', 'shut'] as const
export type Rule = (typeof RULES)[number]

type Said = Pick<Policy, 'interfaces' | 'lockHours' | 'wipeDays' | 'idleSeconds' | 'position'>

/** The interfaces by what is done to them. */
export const rulesOf = (policy: Said, interfaces: string[]): [string, string | undefined][] =>
  RULES.map((rule) => [t(`devicePolicy.${rule}`), interfaces.filter((name) => (policy.interfaces[name] ?? 'lock') === rule).map(interfaceOf).join(t('list.comma')) || undefined])

/** The rest of a policy. */
export function factsOf(policy: Said): [string, string][] {
  return [
    [t('devicePolicy.lockHours'), String(policy.lockHours)],
    [t('devicePolicy.wipeDays'), String(policy.wipeDays)],
    [t('devicePolicy.idleMinutes'), policy.idleSeconds ? String(policy.idleSeconds / 60) : t('devicePolicy.never')],
    [t('devicePolicy.position'), t(policy.position ? 'devicePolicy.yes' : 'devicePolicy.no')],
  ]
}

/** How far the policy of a device has come: what its steward says counts, not what was sent. */
export function policyStanding(policy: DeviceDetail['policy']): Standing {
  if (policy.inForce === policy.revision) return { text: 'devicePolicy.inForce', tone: 'go' }
  if (policy.told === policy.revision && (policy.outcome === 'refused' || policy.outcome === 'failed')) return { text: 'devicePolicy.refused', tone: 'stop' }
  return policy.inForce ? { text: 'devicePolicy.older', tone: 'wait' } : { text: 'devicePolicy.notYet', tone: 'wait' }
}
