export function lastLetter(folder: string, mail: string): string
