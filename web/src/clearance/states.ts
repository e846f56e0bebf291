import type { Command, NextAct } from '../base/api-types'
import { has, t } from '../base/i18n.svelte'

const OPEN: Command['state'][] = ['waiting', 'sending', 'sent', 'unknown']

/** Phases in which customs has not let go of a declaration. */
export const OPEN_PHASES = ['lodged', 'accepted', 'documents', 'examination', 'valuation', 'duty', 'ready']

/** Whether the core system's answer is still to come. */
export const isOpen = (command: Command): boolean => OPEN.includes(command.state)

/** How a state looks; its words say the rest. */
export function toneOf(state: Command['state']): 'go' | 'wait' | 'stop' | 'calm' {
  switch (state) {
    case 'done': return 'go'
    case 'refused': case 'parked': return 'stop'
    case 'given-up': return 'calm'
    default: return 'wait'
  }
}

const FORWARD: Record<string, NextAct['act'][]> = {
  lodged: ['accept'], accepted: ['give-channel'], documents: ['review-documents'], examination: ['record-examination', 'assign-examination'],
  valuation: ['value'], duty: ['assess-duty'], ready: ['release'],
}

/** Of what may be done, the act that takes a declaration on its way. */
export const forward = (phase: string, acts: NextAct[]): NextAct | undefined => acts.find((each) => FORWARD[phase]?.includes(each.act))

/** What a core system is called. */
export function systemName(system: string): string {
  const key = `system.${system}`
  return has(key) ? t(key) : system
}
