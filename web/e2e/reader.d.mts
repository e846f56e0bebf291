export function readCodes(picture: Uint8Array | { data: Uint8ClampedArray; width: number; height: number }): Promise<string[]>
