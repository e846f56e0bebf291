import type { Listed } from './types'

export const outcomeTone = (outcome: Listed['outcome']): 'go' | 'wait' | 'stop' | 'calm' =>
  outcome === 'applied' ? 'go' : outcome === 'quarantined' ? 'stop' : outcome === 'received' ? 'wait' : 'calm'
