import type { Command, NextAct } from '../base/api-types'
import { has, t } from '../base/i18n.svelte'
import { live } from '../base/live'

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

/**
 * Tells of each change of a command that a page shows, as it happens on whichever node, and when all of it has to be read anew.
 *
 * @param query which commands: declaration, or of
 */
export function watch(query: Record<string, string>, changed: (command: Command) => void, readAnew: () => void): () => void {
  return live(`/api/v1/commands/stream?${new URLSearchParams(query)}`, ({ event, data }) => {
    if (event === 'command') changed(JSON.parse(data) as Command)
    else readAnew()
  })
}

/** The list with this command as it is now: in its place, or as the newest. */
export const withNow = (commands: Command[], now: Command): Command[] =>
  commands.some((each) => each.id === now.id) ? commands.map((each) => (each.id === now.id ? now : each)) : [now, ...commands]

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
