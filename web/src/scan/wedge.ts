/**
 * Keyboard-wedge scanners type a number faster than any hand and end with Enter or Tab. They are heard from anywhere on
 * the page; what they typed into a field by accident is taken out again.
 */
const FASTEST_HAND_MS = 50
const SHORTEST = 5
const LONGEST = 80

export function listenForWedge(found: (text: string) => void): () => void {
  let burst = ''
  let last = -Infinity
  let before: { field: HTMLInputElement; value: string } | undefined

  function heard(event: KeyboardEvent): void {
    const now = event.timeStamp
    const fast = now - last < FASTEST_HAND_MS
    last = now
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (!fast) {
        burst = ''
        const field = event.target instanceof HTMLInputElement ? event.target : undefined
        before = field && { field, value: field.value }
      }
      burst += event.key
    } else if ((event.key === 'Enter' || event.key === 'Tab') && fast && burst.length >= SHORTEST) {
      event.preventDefault()
      event.stopPropagation()
      if (before) {
        before.field.value = before.value
        before.field.dispatchEvent(new Event('input', { bubbles: true }))
      }
      const text = burst
      burst = ''
      if (text.length <= LONGEST) found(text)
    } else if (event.key !== 'Shift') {
      burst = ''
    }
  }

  addEventListener('keydown', heard, true)
  return () => removeEventListener('keydown', heard, true)
}
