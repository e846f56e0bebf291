import type { WriteInputBarcodeFormat } from 'zxing-wasm/writer'

export function place(): { file: string; remove: () => void }
export function film(file: string, text: string, format: WriteInputBarcodeFormat): Promise<void>
