/** The walk from number to number (循環式查詢), as far as it fits on a line; it lives as long as the window. */
export type Step = { kind: string; key: string }

const LONGEST = 12
const KEPT = 'tongguan.trail'
const state = $state<{ steps: Step[] }>({ steps: JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as Step[] })

export const trail = (): Step[] => state.steps

/** Going on adds a step; coming back to one drops those after it. */
export function walk(step: Step): void {
  const at = state.steps.findIndex((known) => known.kind === step.kind && known.key === step.key)
  state.steps = at >= 0 ? state.steps.slice(0, at + 1) : [...state.steps, { kind: step.kind, key: step.key }].slice(-LONGEST)
  sessionStorage.setItem(KEPT, JSON.stringify(state.steps))
}

export function forgetTrail(): void {
  state.steps = []
  sessionStorage.removeItem(KEPT)
}
