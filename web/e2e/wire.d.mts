export type Answer = { readonly status: number; readonly code: string; readonly headers?: Readonly<Record<string, string>> }
export function aWire(platform: string): Promise<{ at: string; answer(instead: Answer | undefined): void; cut(): void }>
