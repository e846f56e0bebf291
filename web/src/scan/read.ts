/** Reads codes from a picture: by the browser where it can, else by the reader that ships with the client. */
type Detector = { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> }
type Reader = (frame: HTMLCanvasElement) => Promise<string[]>

const FORMATS = ['code_128', 'code_39', 'ean_13', 'itf', 'qr_code', 'data_matrix', 'pdf417']

export async function makeReader(): Promise<Reader> {
  const native = (globalThis as unknown as { BarcodeDetector?: new (options: { formats: string[] }) => Detector }).BarcodeDetector
  if (native) {
    try {
      const detector = new native({ formats: FORMATS })
      return async (frame) => (await detector.detect(frame)).map((code) => code.rawValue)
    } catch {
      // A browser may know the name and none of the formats; the shipped reader serves then.
    }
  }
  const [{ prepareZXingModule, readBarcodes }, wasm] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  prepareZXingModule({ overrides: { locateFile: () => wasm.default } })
  return async (frame) => {
    const context = frame.getContext('2d', { willReadFrequently: true })
    if (!context) return []
    const codes = await readBarcodes(context.getImageData(0, 0, frame.width, frame.height), { maxNumberOfSymbols: 16 })
    return codes.map((code) => code.text)
  }
}
