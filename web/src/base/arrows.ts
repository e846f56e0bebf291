/** Up and down go from entry to entry of a list marked data-arrows, as they do in the programs that officers know. */
export function moveByArrows(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const from = event.target instanceof HTMLElement ? event.target : undefined
  if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || from?.closest('input, select, textarea, dialog, summary, pre')) return
  const list = from?.closest('[data-arrows]') ?? document.querySelector('[data-arrows]')
  const entries = [...(list?.querySelectorAll<HTMLElement>('[data-entry] a, a[data-entry]') ?? [])]
    .filter((link, i, all) => link.closest('[data-entry]') !== all[i - 1]?.closest('[data-entry]'))
  if (entries.length === 0) return
  const at = entries.findIndex((entry) => entry.closest('[data-entry]') === from?.closest('[data-entry]'))
  const next = entries[at < 0 ? (step > 0 ? 0 : entries.length - 1) : Math.min(entries.length - 1, Math.max(0, at + step))]
  event.preventDefault()
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
