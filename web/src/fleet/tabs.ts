import type { TextKey } from '../base/i18n.svelte'

/** The pages of the registry. */
export const TABS: [href: string, text: TextKey][] = [['/devices', 'nav.devices'], ['/sims', 'nav.sims'], ['/device-policies', 'nav.devicePolicies']]
