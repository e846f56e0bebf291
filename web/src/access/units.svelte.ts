import { ask } from '../base/api'
import { language } from '../base/i18n.svelte'
import { tree, type Place } from './tree'
import type { Unit } from './types'

/** The units that the officer may see, by name and as a tree. */
export class Units {
  places = $state<Place[]>([])

  async load(): Promise<void> {
    const answer = await ask<{ items: Unit[] }>('/api/v1/units')
    if (answer.kind === 'ok') this.places = tree(answer.body.items)
  }

  /** Code and name; the code alone while no name is known. */
  name(code: string): string {
    const unit = this.places.find((place) => place.unit.code === code)?.unit
    return unit ? `${code} ${nameOf(unit)}` : code
  }
}

export const nameOf = (of: { nameZh: string; nameEn: string }): string => (language() === 'en' ? of.nameEn : of.nameZh)
