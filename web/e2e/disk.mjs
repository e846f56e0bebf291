/** A phone's disk, which stays when the browser has ended, and everything that lies on it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function aDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-phone-'))
  return {
    folder,
    /** Whether these bytes lie anywhere on it. */
    holds: (what) =>
      readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(what)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A text as it may lie there. */
export const forms = (text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]
export const bytesOf = (base64) => Buffer.from(base64, 'base64')
/** A file as an officer chooses it. */
export const aFile = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
