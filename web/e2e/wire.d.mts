export type Answer = { readonly status: number; readonly code: string; readonly headers?: Readonly<Record<string, string>> }
export type Shown = { readonly key: string; readonly cert: string; readonly ca: string }
export function aWire(platform: string, tls?: Shown): Promise<{ at: string; answer(instead: Answer | undefined): void; cut(): void }>
