import type { Signed } from './world'
export function passwordOf(accounts: string, name: string): string
export function codeOf(secret: string, at?: number): string
export function signIn(url: string, accounts: string, name: string): Promise<Signed>
