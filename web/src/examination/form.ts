import type { ExaminationInput, Item, Photo, Position } from '../base/api-types'

/** The form as it stands on the screen: everything is there, in texts, so that half of a number is kept, too. */
export type Form = {
  packagesOpened: string
  sampled: boolean
  sample: { number: string; quantity: string; unit: string; purpose: string }
  quantities: Record<number, string>
  origin: { marks: ExaminationInput['origin']['marks'] | ''; country: string }
  intellectualProperty: { outcome: ExaminationInput['intellectualProperty']['outcome'] | ''; right: string }
  cites: { outcome: ExaminationInput['cites']['outcome'] | ''; species: string; permit: string }
  discrepancies: Discrepancy[]
  remark: string
  photos: Taken[]
}
export type Discrepancy = { kind: Kind; text: string; amount: string; currency: string }
export type Kind = 'description' | 'code' | 'quantity' | 'weight' | 'value' | 'origin' | 'undeclared' | 'other'
export const KINDS: Kind[] = ['description', 'code', 'quantity', 'weight', 'value', 'origin', 'undeclared', 'other']

/** A photo that was taken: its bytes lie beside the draft, under its hash; whole once the platform has all of it. */
export type Taken = { sha256: string; bytes: number; takenAt: string; position?: Position; whole?: Photo['whole'] }

export const STEPS = ['goods', 'quantities', 'marks', 'discrepancies', 'photos', 'review'] as const
export type Step = (typeof STEPS)[number]

export const empty = (): Form => ({
  packagesOpened: '', sampled: false, sample: { number: '', quantity: '', unit: '', purpose: '' }, quantities: {},
  origin: { marks: '', country: '' }, intellectualProperty: { outcome: '', right: '' }, cites: { outcome: '', species: '', permit: '' },
  discrepancies: [], remark: '', photos: [],
})

export const aDiscrepancy = (): Discrepancy => ({ kind: 'description', text: '', amount: '', currency: 'TWD' })

const QUANTITY = /^\d{1,9}(\.\d{1,6})?$/
const AMOUNT = /^\d{1,12}(\.\d{1,2})?$/

/** What differs of a line: nothing where nothing was typed, or where there is nothing to hold it against. */
export function difference(item: Item, found: string | undefined): number | undefined {
  if (!found || !QUANTITY.test(found) || item.quantity === undefined) return undefined
  // Six decimals are what the platform takes: beyond them there is only the noise of binary numbers.
  return Math.round((Number(found) - item.quantity) * 1e6) / 1e6
}

/** What the findings say, as the platform will hold against it. */
export function resultOf(form: Form, items: Item[]): ExaminationInput['result'] {
  const differs = items.some((item) => (difference(item, form.quantities[item.line]) ?? 0) !== 0)
    || form.discrepancies.length > 0 || form.origin.marks === 'other' || form.intellectualProperty.outcome === 'suspected' || form.cites.outcome === 'suspected'
  return differs ? 'discrepancy' : form.sampled ? 'sampled' : 'clear'
}

/** The steps in which something is still missing. */
export function missing(form: Form): Step[] {
  const { sample, origin, intellectualProperty, cites } = form
  const lacks: [Step, boolean][] = [
    ['goods', !/^\d{1,6}$/.test(form.packagesOpened) || (form.sampled && (!sample.number.trim() || !QUANTITY.test(sample.quantity) || !sample.unit.trim()))],
    ['quantities', Object.values(form.quantities).some((found) => found !== '' && !QUANTITY.test(found))],
    ['marks', !origin.marks || (origin.marks === 'other' && !/^[A-Za-z]{2}$/.test(origin.country))
      || !intellectualProperty.outcome || (intellectualProperty.outcome === 'suspected' && !intellectualProperty.right.trim())
      || !cites.outcome || (['suspected', 'permit-seen'].includes(cites.outcome) && !cites.species.trim()) || (cites.outcome === 'permit-seen' && !cites.permit.trim())],
    ['discrepancies', form.discrepancies.some((each) => !each.text.trim() || !AMOUNT.test(each.amount) || !/^[A-Z]{3}$/.test(each.currency))],
    ['photos', form.photos.some((photo) => !photo.whole)],
  ]
  return lacks.filter(([, lacking]) => lacking).map(([step]) => step)
}

/** What the platform is asked to record; only for a form that lacks nothing. */
export function input(form: Form, items: Item[]): ExaminationInput {
  const { origin, intellectualProperty, cites, sample } = form
  const quantities = items.flatMap((item) => {
    const found = form.quantities[item.line]
    return found ? [{ line: item.line, found, unit: item.unit ?? 'PCE' }] : []
  })
  return {
    result: resultOf(form, items),
    packagesOpened: Number(form.packagesOpened),
    ...(form.sampled ? { sample: { number: sample.number, quantity: sample.quantity, unit: sample.unit, ...(sample.purpose.trim() ? { purpose: sample.purpose } : {}) } } : {}),
    ...(quantities.length > 0 ? { quantities } : {}),
    origin: { marks: origin.marks || 'not-checked', ...(origin.marks === 'other' ? { country: origin.country.toUpperCase() } : {}) },
    intellectualProperty: { outcome: intellectualProperty.outcome || 'not-checked', ...(intellectualProperty.outcome === 'suspected' ? { right: intellectualProperty.right } : {}) },
    cites: {
      outcome: cites.outcome || 'not-checked',
      ...(cites.outcome === 'suspected' || cites.outcome === 'permit-seen' ? { species: cites.species } : {}),
      ...(cites.outcome === 'permit-seen' ? { permit: cites.permit } : {}),
    },
    ...(form.discrepancies.length > 0 ? { discrepancies: form.discrepancies.map((each) => ({ ...each })) } : {}),
    ...(form.remark.trim() ? { remark: form.remark } : {}),
    ...(form.photos.length > 0 ? { photos: form.photos.map((photo) => photo.sha256) } : {}),
  }
}
