/** Bytes as Playwright takes them for a file; the specs themselves know nothing of Node. */
export const bytes = (numbers) => Buffer.from(numbers)
