export function aDisk(): { folder: string; holds(what: Uint8Array): boolean; remove(): void }
export function forms(text: string): Uint8Array[]
export function bytesOf(base64: string): Uint8Array
export function aFile(name: string, text: string): { name: string; mimeType: string; buffer: never }
