/** The walk from number to number (循環式查詢), as far as it fits on a line; it lives as long as the page. */
export type Step = { kind: string; key: string }

const LONGEST = 12
const state = $state<{ steps: Step[] }>({ steps: [] })

export const trail = (): Step[] => state.steps

/** Going on adds a step; coming back to one drops those after it. */
export function walk(step: Step): void {
  const at = state.steps.findIndex((known) => known.kind === step.kind && known.key === step.key)
  state.steps = at >= 0 ? state.steps.slice(0, at + 1) : [...state.steps, step].slice(-LONGEST)
}

export function forgetTrail(): void {
  state.steps = []
}
