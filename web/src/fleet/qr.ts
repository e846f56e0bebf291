/**
 * Draws a text as a QR code (ISO/IEC 18004:2024), of the one sort that the platform needs: bytes in UTF-8, error
 * correction level M, versions 1 to 15, which hold 412 bytes.
 */
type Grid = boolean[][]

/** Of level M, by version: codewords of error correction in each block, and how many blocks. */
const CORRECTION = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24]
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10]
const LAST = BLOCKS.length - 1
/** Level M in the format information. */
const LEVEL = 0

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => ((x / 3 | 0) + (y / 2 | 0)) % 2 === 0,
  (x, y) => (x * y) % 2 + (x * y) % 3 === 0,
  (x, y) => ((x * y) % 2 + (x * y) % 3) % 2 === 0,
  (x, y) => ((x + y) % 2 + (x * y) % 3) % 2 === 0,
]

/** The dark modules, row by row, without the quiet zone. */
export function qr(text: string): Grid {
  const bytes = [...new TextEncoder().encode(text)]
  const version = versionFor(bytes.length)
  const { grid, fixed } = frame(version)
  place(grid, fixed, codewords(bytes, version))
  let best: Grid | undefined
  let least = Infinity
  for (const [mask, flips] of MASKS.entries()) {
    const tried = grid.map((row, y) => row.map((dark, x) => dark !== (!fixed[y]?.[x] && flips(x, y))))
    format(tried, mask)
    const cost = penalty(tried)
    if (cost < least) [best, least] = [tried, cost]
  }
  return best as Grid
}

/** The same as the path of an SVG picture in which each module is one unit wide. */
export const path = (grid: Grid): string =>
  grid.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')

function versionFor(bytes: number): number {
  for (let version = 1; version <= LAST; version++) if (bytes <= capacity(version) - (version < 10 ? 2 : 3)) return version
  throw new RangeError('too long for a QR code: ' + bytes)
}

const sizeOf = (version: number): number => version * 4 + 17
const capacity = (version: number): number => (modules(version) >> 3) - (CORRECTION[version] ?? 0) * (BLOCKS[version] ?? 0)

/** Modules that carry data: all but those of the patterns. */
function modules(version: number): number {
  const aligned = alignments(version).length
  const crossed = Math.max(0, aligned - 2)
  const patterns = aligned === 0 ? 0 : (aligned * aligned - 3) * 25 - crossed * 10
  return sizeOf(version) ** 2 - 3 * 64 - 31 - 2 * (sizeOf(version) - 16) - patterns - (version >= 7 ? 36 : 0)
}

/** The centres of the alignment patterns, on both axes. */
function alignments(version: number): number[] {
  if (version === 1) return []
  const count = (version / 7 | 0) + 2
  const step = ((version * 8 + count * 3 + 5) / (count * 4 - 4) | 0) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => sizeOf(version) - 7 - step * (count - 2 - i))]
}

/** Finders, timing, alignment, version; and which modules are none of the data's. */
function frame(version: number): { grid: Grid; fixed: Grid } {
  const size = sizeOf(version)
  const empty = (): Grid => Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const grid = empty()
  const fixed = empty()
  const set = (x: number, y: number, dark: boolean): void => {
    const row = grid[y]
    const mark = fixed[y]
    if (row && mark && x >= 0 && x < size) row[x] = !(mark[x] = true) || dark
  }
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  const square = (cx: number, cy: number, reach: number, light: number[]): void => {
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) set(cx + dx, cy + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))))
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) square(x, y, 4, [2, 4])
  const centres = alignments(version)
  const last = centres.at(-1)
  for (const x of centres)
    for (const y of centres) if (!((x === 6 && (y === 6 || y === last)) || (x === last && y === 6))) square(x, y, 2, [1])
  for (let i = 0; i < 9; i++) {
    set(8, i, grid[i]?.[8] ?? false)
    set(i, 8, grid[8]?.[i] ?? false)
    if (i < 8) {
      set(size - 1 - i, 8, false)
      set(8, size - 1 - i, i === 7)
    }
  }
  if (version >= 7) {
    const bits = (version << 12) | remainder(version << 12, 0x1f25)
    for (let i = 0; i < 18; i++) {
      const [a, b] = [size - 11 + (i % 3), i / 3 | 0]
      set(a, b, (bits >> i) % 2 === 1)
      set(b, a, (bits >> i) % 2 === 1)
    }
  }
  return { grid, fixed }
}

/** Of a division of polynomials over two elements. */
function remainder(value: number, divisor: number): number {
  const degree = 31 - Math.clz32(divisor)
  for (let i = 31 - Math.clz32(value); i >= degree; i--) if ((value >> i) & 1) value ^= divisor << (i - degree)
  return value
}

function format(grid: Grid, mask: number): void {
  const size = grid.length
  const data = (LEVEL << 3) | mask
  const bits = ((data << 10) | remainder(data << 10, 0x537)) ^ 0x5412
  const set = (x: number, y: number, i: number): void => void ((grid[y] as boolean[])[x] = ((bits >> i) & 1) === 1)
  for (let i = 0; i < 15; i++) {
    // Beside the upper left finder, round its corner and over the timing pattern; and once more beside the two others.
    if (i < 8) set(8, i < 6 ? i : i + 1, i)
    else set(i === 8 ? 7 : 14 - i, 8, i)
    if (i < 8) set(size - 1 - i, 8, i)
    else set(8, size - 15 + i, i)
  }
}

/** Mode, length, data, filling, and the error correction of each block, interleaved. */
function codewords(bytes: number[], version: number): number[] {
  const room = capacity(version)
  const wide = version >= 10
  const head = wide ? [0x40 | (bytes.length >> 12), (bytes.length >> 4) & 255] : [0x40 | (bytes.length >> 4)]
  let nibble = bytes.length & 15
  const data = [...head]
  for (const byte of bytes) {
    data.push((nibble << 4) | (byte >> 4))
    nibble = byte & 15
  }
  data.push(nibble << 4)
  for (let filler = 0xec; data.length < room; filler ^= 0xec ^ 0x11) data.push(filler)

  const count = BLOCKS[version] ?? 1
  const length = room / count | 0
  const longer = room % count
  const divisor = generator(CORRECTION[version] ?? 0)
  const blocks = Array.from({ length: count }, (_, i) => {
    const short = count - longer
    const start = i * length + Math.max(0, i - short)
    return data.slice(start, start + length + (i >= short ? 1 : 0))
  })
  const corrections = blocks.map((block) => correct(block, divisor))
  const woven = (rows: number[][], columns: number): number[] => Array.from({ length: columns }, (_, i) => rows.map((row) => row[i])).flat().filter((each) => each !== undefined)
  return [...woven(blocks, length + 1), ...woven(corrections, divisor.length)]
}

/** Multiplies in the field of 256 elements of the standard (x⁸ + x⁴ + x³ + x² + 1). */
function times(a: number, b: number): number {
  let product = 0
  for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> i) & 1) * a)
  return product
}

/** The polynomial whose roots are the first powers of two, without its leading 1. */
function generator(degree: number): number[] {
  let polynomial = [...new Array<number>(degree - 1).fill(0), 1]
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) polynomial = polynomial.map((each, j) => times(each, root) ^ (polynomial[j + 1] ?? 0))
  return polynomial
}

function correct(block: number[], divisor: number[]): number[] {
  let rest = divisor.map(() => 0)
  for (const word of block) {
    const factor = word ^ (rest[0] ?? 0)
    rest = divisor.map((each, i) => times(each, factor) ^ (rest[i + 1] ?? 0))
  }
  return rest
}

/** Up and down in columns of two, from the lower right, round what is fixed. */
function place(grid: Grid, fixed: Grid, words: number[]): void {
  const size = grid.length
  let bit = 0
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right--
    for (let i = 0; i < size; i++) {
      const y = up ? size - 1 - i : i
      for (const x of [right, right - 1]) {
        if (fixed[y]?.[x]) continue
        ;(grid[y] as boolean[])[x] = (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        bit++
      }
    }
  }
}

/** How hard it is to read, by the four rules of the standard. */
function penalty(grid: Grid): number {
  const size = grid.length
  const columns = grid.map((_, x) => grid.map((row) => row[x] === true))
  let cost = 0
  let dark = 0
  for (const line of [...grid, ...columns]) {
    const text = line.map((each) => (each ? 1 : 0)).join('')
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) cost += run.length - 2
    for (const finder of ['10111010000', '00001011101']) for (let at = text.indexOf(finder); at >= 0; at = text.indexOf(finder, at + 1)) cost += 40
  }
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const here = grid[y]?.[x]
      if (here) dark++
      if (x > 0 && y > 0 && here === grid[y]?.[x - 1] && here === grid[y - 1]?.[x] && here === grid[y - 1]?.[x - 1]) cost += 3
    }
  return cost + Math.floor(Math.abs((dark * 100) / (size * size) - 50) / 5) * 10
}
