import type { BondedCloseInput, BondedPlanInput, BondedVisit } from '../base/api-types'
import { isSigned, type Strokes } from '../fleet/signature'

export type PlanItem = BondedPlanInput['items'][number]
export type Answer = 'yes' | 'no' | 'not-applicable'

/** What is typed on the spot, kept as it stands. */
export type Notes = { counts: Record<string, string>; answers: Record<string, { answer: Answer | ''; remark: string }>; remark: string; signer: string; signature: Strokes }

export const blank = (): Notes => ({ counts: {}, answers: {}, remark: '', signer: '', signature: [] })

const QUANTITY = /^\d{1,11}(\.\d{1,6})?$/

/** Lines of the books as a spreadsheet gives them: code, description, unit and quantity, with tabs or commas between. */
export function itemsOf(text: string): { items: PlanItem[]; bad: number | undefined } {
  const items: PlanItem[] = []
  const lines = text.split('\n').map((line) => line.trim())
  for (const [i, line] of lines.entries()) {
    if (!line) continue
    const cells = line.split(line.includes('\t') ? '\t' : ',').map((cell) => cell.trim())
    // A description may hold commas; what stands around it does not.
    const [code, book, unit] = [cells[0], cells.at(-1), cells.at(-2)]
    const description = cells.slice(1, -2).join(', ')
    if (!code || !description || !unit || !book || !QUANTITY.test(book) || items.some((item) => item.code === code)) return { items, bad: i + 1 }
    items.push({ code, description, unit, book })
  }
  return { items, bad: undefined }
}

/** Counted less book, without the noise of binary numbers; nothing where nothing was counted. */
export function difference(book: number, counted: string | undefined): number | undefined {
  return counted && QUANTITY.test(counted) ? Math.round((Number(counted) - book) * 1e6) / 1e6 : undefined
}

export const counted = (visit: BondedVisit, notes: Notes): number => visit.items.filter((item) => QUANTITY.test(notes.counts[item.code] ?? '')).length

export function isReady(visit: BondedVisit, notes: Notes): boolean {
  return counted(visit, notes) === visit.items.length && notes.signer.trim() !== '' && isSigned(notes.signature)
    && visit.questions.every(({ code }) => {
      const given = notes.answers[code]
      return given?.answer && (given.answer !== 'no' || given.remark.trim() !== '')
    })
}

export function input(visit: BondedVisit, notes: Notes): BondedCloseInput {
  return {
    counts: visit.items.map(({ code }) => ({ code, counted: notes.counts[code] ?? '' })),
    checklist: visit.questions.map(({ code }) => {
      const given = notes.answers[code]
      return { question: code, answer: given?.answer || 'not-applicable', ...(given?.remark.trim() ? { remark: given.remark } : {}) }
    }),
    ...(notes.remark.trim() ? { remark: notes.remark } : {}),
    signer: notes.signer,
    signature: notes.signature,
  }
}
