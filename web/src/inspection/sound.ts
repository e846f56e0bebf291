import type { Tone } from './rows'

/** A sound for each tone, so that eyes can stay on the belt: two that rise for go, one that falls for stop. */
const NOTES: Record<Tone | 'again', number[]> = { go: [660, 990], calm: [660], wait: [440, 440], stop: [330, 165, 330], again: [880, 880, 880] }
const LONG_S = 0.07

let context: AudioContext | undefined

export function sound(what: Tone | 'again'): void {
  try {
    context ??= new AudioContext()
    const at = context.currentTime
    NOTES[what].forEach((hertz, i) => {
      if (!context) return
      const tone = new OscillatorNode(context, { frequency: hertz, type: what === 'stop' ? 'square' : 'sine' })
      const level = new GainNode(context, { gain: 0.12 })
      tone.connect(level).connect(context.destination)
      tone.start(at + i * LONG_S * 1.3)
      tone.stop(at + i * LONG_S * 1.3 + LONG_S)
    })
  } catch {
    // A device without a loudspeaker still has its colours.
  }
}
