import type { Message } from '../base/api-types'

export const outcomeTone = (outcome: Message['outcome']): 'go' | 'wait' | 'stop' | 'calm' =>
  outcome === 'applied' ? 'go' : outcome === 'quarantined' ? 'stop' : outcome === 'received' ? 'wait' : 'calm'
