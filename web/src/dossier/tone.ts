/** What a phase or a result means at a glance. */
type Tone = 'go' | 'wait' | 'stop' | 'calm'

const TONES: Record<string, Tone> = {
  released: 'go', out: 'go', ready: 'go', conform: 'go', loaded: 'go', departed: 'go',
  documents: 'wait', examination: 'wait', valuation: 'wait', duty: 'wait', accepted: 'wait', lodged: 'wait',
  'in-clearance': 'wait', assigned: 'wait', planned: 'wait', more: 'wait',
  rejected: 'stop', seized: 'stop', withdrawn: 'stop', returned: 'stop', lapsed: 'stop', discrepancy: 'stop', cancelled: 'stop', hold: 'stop',
}

export const tone = (word: string | undefined): Tone => TONES[word ?? ''] ?? 'calm'
export const channelTone = (channel: string | undefined): Tone =>
  channel === 'C1' ? 'go' : channel === 'C2' ? 'wait' : channel ? 'stop' : 'calm'
