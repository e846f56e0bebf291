import type { Shown } from './wire.mjs'
export function enrolled(door: string, serial: string, code: string): Promise<Shown>
