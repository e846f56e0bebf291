/** Reads bar codes as another program does: for specs about what we draw. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

let ready = false

/** The texts of the QR codes in a picture: the bytes of a PNG, or pixels with their width and height. */
export async function readCodes(picture) {
  if (!ready) {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
    prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } })
    ready = true
  }
  return (await readBarcodes(picture, { formats: ['QRCode'] })).map((code) => code.text)
}
