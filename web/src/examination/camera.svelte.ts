import { dropFile, fileOf, keepFile } from '../base/drafts'
import type { Form, Taken } from './form'
import { fitting, position, sha256, upload } from './upload'

/** How many photos go with one examination, as the platform has it. */
export const MOST = 60

const moment = (millis: number): string => new Date(millis).toISOString()

type Shown = { url?: string; sent: number; busy: boolean; said: string }

/**
 * The photos of one draft: kept sealed on the device first, then sent, one at a time; what the line broke off is sent on
 * when there is a network again. A photo is in the form by its hash from the moment at which it is kept.
 */
export class Camera {
  readonly #key: string
  readonly #declaration: string
  readonly #form: Form
  shown = $state<Record<string, Shown>>({})
  refused = $state('')
  #sending = false

  constructor(key: string, declaration: string, form: Form) {
    this.#key = key
    this.#declaration = declaration
    this.#form = form
  }

  /** After a reload: the pictures from the sealed store. */
  async resume(): Promise<void> {
    for (const photo of this.#form.photos) {
      const bytes = await fileOf(this.#key, photo.sha256)
      this.shown[photo.sha256] = { sent: photo.whole ? 1 : 0, busy: false, said: '', ...(bytes ? { url: URL.createObjectURL(bytes) } : {}) }
    }
    void this.send()
  }

  async take(files: FileList | null, unusable: string): Promise<void> {
    const where = position()
    this.refused = ''
    for (const file of files ?? []) {
      const bytes = this.#form.photos.length < MOST ? await fitting(file) : undefined
      if (!bytes) {
        this.refused = unusable
        continue
      }
      const hash = await sha256(bytes)
      if (this.#form.photos.some((photo) => photo.sha256 === hash)) continue
      const known = await where
      await keepFile(this.#key, hash, bytes)
      this.shown[hash] = { url: URL.createObjectURL(bytes), sent: 0, busy: false, said: '' }
      this.#form.photos.push({ sha256: hash, bytes: bytes.size, takenAt: moment(Math.min(file.lastModified, Date.now())), ...(known ? { position: known } : {}) })
    }
    void this.send()
  }

  async drop(photo: Taken): Promise<void> {
    const at = this.#form.photos.findIndex((each) => each.sha256 === photo.sha256)
    if (at >= 0) this.#form.photos.splice(at, 1)
    const url = this.shown[photo.sha256]?.url
    if (url) URL.revokeObjectURL(url)
    this.shown = Object.fromEntries(Object.entries(this.shown).filter(([hash]) => hash !== photo.sha256))
    await dropFile(this.#key, photo.sha256)
  }

  /** Sends what is not there yet, one after the other, until the line breaks. */
  async send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (let photo = this.#next(); photo; photo = this.#next()) if (!(await this.#one(photo))) break
    } finally {
      this.#sending = false
    }
  }

  #next(): Taken | undefined {
    return this.#form.photos.find((photo) => !photo.whole && !this.shown[photo.sha256]?.said)
  }

  async #one(photo: Taken): Promise<boolean> {
    const shown = this.shown[photo.sha256]
    const bytes = await fileOf(this.#key, photo.sha256)
    if (!shown || !bytes) return false
    shown.busy = true
    const { sha256: hash, takenAt } = photo
    const outcome = await upload({ declaration: this.#declaration, bytes, sha256: hash, takenAt, ...(photo.position ? { position: $state.snapshot(photo.position) } : {}) },
      (offset) => (shown.sent = offset / bytes.size))
    shown.busy = false
    if (outcome.kind === 'whole') photo.whole = true
    else if (outcome.kind === 'problem') shown.said = outcome.problem.title
    return outcome.kind !== 'offline'
  }

  /** Tries again what was refused. */
  again(): void {
    for (const each of Object.values(this.shown)) each.said = ''
    void this.send()
  }

  close(): void {
    for (const { url } of Object.values(this.shown)) if (url) URL.revokeObjectURL(url)
  }
}
