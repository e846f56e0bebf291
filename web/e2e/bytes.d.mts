export function bytes(numbers: readonly number[]): never
