import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'

const WIDTH = 1280
const HEIGHT = 720
const FRAMES = 10
const INK = 40
const PAPER = 215

let ready = false

/** A film's file in a folder of its own, and how to be rid of both. */
export function place() {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-camera-'))
  return { file: join(folder, 'seen.y4m'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Writes what a camera sees that is held over a label: a code in dark grey on light grey, as a film without compression. */
export async function film(file, text, format) {
  if (!ready) {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))
    prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } })
    ready = true
  }
  const { symbol, error } = await writeBarcode(text, { format })
  if (error) throw new Error(error)
  const scale = Math.max(1, Math.floor(Math.min((WIDTH * 0.7) / symbol.width, (HEIGHT * 0.7) / symbol.height)))
  // A bar code's picture may be one line high; on a label it is as high as a thumb is wide.
  const high = symbol.width > symbol.height * 2 ? HEIGHT / 3 : symbol.height * scale
  const left = Math.floor((WIDTH - symbol.width * scale) / 2)
  const top = Math.floor((HEIGHT - high) / 2)
  const light = Buffer.alloc(WIDTH * HEIGHT, PAPER)
  for (let y = 0; y < high; y++)
    for (let x = 0; x < symbol.width * scale; x++) {
      const row = Math.min(symbol.height - 1, high === symbol.height * scale ? Math.floor(y / scale) : 0)
      if (symbol.data[row * symbol.width + Math.floor(x / scale)] === 0) light[(top + y) * WIDTH + left + x] = INK
    }
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  const frames = Array.from({ length: FRAMES }, () => [Buffer.from('FRAME\n'), light, colour]).flat()
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames]))
}
