/**
 * Scanners that work on their own, one number after the other: wired ones that type like lightning, wireless ones that
 * take their time, with whatever suffix they were set to, or none. The keys' own time stamps count, so that a page that
 * was busy hears the same as one that was not. What a hand types into a field stays there.
 */
const FASTEST_HAND_MS = 50
const BETWEEN_SCANS_MS = 150
const SHORTEST = 5
const LONGEST = 80

/** A suffix that a scanner may put behind a number besides the keys that end a line. */
const SUFFIX = /[\s;,|~^]+$/

export function listenForScans(found: (text: string) => void): () => void {
  let burst = ''
  let slowest = 0
  let last = -Infinity
  let quiet: ReturnType<typeof setTimeout> | undefined
  let before: { field: HTMLInputElement | HTMLTextAreaElement; value: string } | undefined

  function end(): boolean {
    clearTimeout(quiet)
    const text = burst.replace(SUFFIX, '').trim()
    const scanned = text.length >= SHORTEST && text.length <= LONGEST && (!before || slowest < FASTEST_HAND_MS)
    if (scanned && before) {
      before.field.value = before.value
      before.field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    burst = ''
    slowest = 0
    before = undefined
    if (scanned) found(text)
    return scanned
  }

  /** Without a suffix, silence is the end; a hand that drums on the page is not taken for a scanner. */
  function endInSilence(): void {
    if (slowest < FASTEST_HAND_MS && burst.length >= SHORTEST) end()
  }

  function heard(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const gap = event.timeStamp - last
    if (event.key.length === 1) {
      last = event.timeStamp
      if (burst && gap > BETWEEN_SCANS_MS) {
        endInSilence()
        if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select')) burst = ''
      }
      if (!burst) {
        slowest = 0
        const field = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement ? event.target : undefined
        before = field && { field, value: field.value }
      } else slowest = Math.max(slowest, gap)
      burst += event.key
      clearTimeout(quiet)
      quiet = setTimeout(endInSilence, BETWEEN_SCANS_MS)
    } else if (event.key === 'Enter' || event.key === 'Tab' || /^F\d+$/.test(event.key)) {
      if (burst && end()) {
        event.preventDefault()
        event.stopPropagation()
      }
      burst = ''
    } else if (event.key !== 'Shift' && event.key !== 'CapsLock') {
      burst = ''
    }
  }

  addEventListener('keydown', heard, true)
  return () => {
    clearTimeout(quiet)
    removeEventListener('keydown', heard, true)
  }
}
