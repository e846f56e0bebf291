/** Numbers out of what was pasted or read from a file, in the order in which they stand there. */
const NUMBER = /^(?=(?:.*\d){3})[A-Z0-9][A-Z0-9 ./-]{3,78}$/

/** Containers and air waybills, which people group as they like. */
const GROUPED = /^([A-Z]{3}[UJZ]\d{7}|\d{11})$/

/** The form in which a number is told from another while the platform has not been asked. */
export function plain(text: string): string {
  const typed = text.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim()
  const compact = typed.replace(/[ .-]/g, '')
  return GROUPED.test(compact) ? compact : typed
}

/** One cell may be quoted, with a quote in it doubled (RFC 4180). */
function cells(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"|([^,;\t|]+)/g)].map((match) => (match[1] ?? match[2] ?? '').replaceAll('""', '"'))
}

/** Of each line the first cell that looks like a number; of a line of nothing but numbers, all of them. */
export function numbersIn(text: string): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const all = cells(line).map(plain).filter((cell) => cell.length > 0)
    const numbers = all.filter((cell) => NUMBER.test(cell))
    return numbers.length === all.length ? numbers : numbers.slice(0, 1)
  })
}
