import type { Command } from '../base/api-types'
import { live } from '../base/live'

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
