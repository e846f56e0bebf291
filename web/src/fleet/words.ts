import { has, t, type TextKey } from '../base/i18n.svelte'
import type { Command, Device, Sim } from './types'

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
export const commandOf = (kind: string): string => word('command', kind)

export const KINDS = ['pda', 'tablet', 'notebook'] as const
export const STATES = ['in-stock', 'assigned', 'in-repair', 'lost', 'retired'] as const
export const SIM_STATES = ['in-stock', 'active', 'blocked', 'retired'] as const

export const TONES: Record<Device['state'], Tone> = { 'in-stock': 'calm', assigned: 'go', 'in-repair': 'wait', lost: 'stop', retired: 'calm' }
export const SIM_TONES: Record<Sim['state'], Tone> = { 'in-stock': 'calm', active: 'go', blocked: 'stop', retired: 'calm' }

/** An ICCID, telephone number or code in groups that an eye can hold. */
export const grouped = (digits: string, size = 4): string => digits.match(new RegExp(`.{1,${size}}`, 'g'))?.join(' ') ?? digits

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
    case 'superseded':
      return { text: 'commandState.superseded', tone: 'calm', ...at(command.answeredAt) }
    default:
      if (command.endsAt && Date.parse(command.endsAt) <= now) return { text: 'commandState.lapsed', tone: 'calm', at: command.endsAt }
      return command.sentAt ? { text: 'commandState.sent', tone: 'wait', at: command.sentAt } : { text: 'commandState.waiting', tone: 'wait' }
  }
}

const at = (moment: string | undefined): { at?: string } => (moment ? { at: moment } : {})
