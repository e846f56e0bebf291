import type { Command } from '../base/api-types'

const OPEN: Command['state'][] = ['waiting', 'sending', 'sent', 'unknown']

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
