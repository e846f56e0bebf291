/** A signature as it is kept: strokes of points, in thousandths of the pad's width. */
export type Point = [x: number, y: number]
export type Strokes = Point[][]

/** The pad is two and a half times as wide as it is high. */
export const WIDE = 1000
export const HIGH = 400
/** What the platform takes. */
const STROKES = 200
const POINTS = 2000
/** Points that are nearer to the last one say nothing more. */
const NEAR = 5

const points = (strokes: Strokes): number => strokes.reduce((sum, stroke) => sum + stroke.length, 0)
const within = (value: number, most: number): number => Math.round(Math.min(most, Math.max(0, value)))
const roomIn = (strokes: Strokes): boolean => points(strokes) < POINTS

/** Sets the pen down. */
export const begin = (strokes: Strokes, x: number, y: number): Strokes =>
  strokes.length < STROKES && roomIn(strokes) ? [...strokes, [[within(x, WIDE), within(y, HIGH)]]] : strokes

/** Draws on to a point. */
export function draw(strokes: Strokes, x: number, y: number): Strokes {
  const stroke = strokes.at(-1)
  const last = stroke?.at(-1)
  const next: Point = [within(x, WIDE), within(y, HIGH)]
  if (!stroke || !last || !roomIn(strokes) || Math.hypot(next[0] - last[0], next[1] - last[1]) < NEAR) return strokes
  return [...strokes.slice(0, -1), [...stroke, next]]
}

/** More than dots. */
export const isSigned = (strokes: Strokes): boolean => strokes.some((stroke) => stroke.length > 1)

/** As the path of an SVG picture; a dot is a line of no length, which round ends make visible. */
export const pathOf = (strokes: number[][][]): string =>
  strokes.map((stroke) => 'M' + (stroke.length > 1 ? stroke : [...stroke, ...stroke]).map(([x, y]) => `${x} ${y}`).join('L')).join('')

/** How high the picture is: that of our pad, or more where another pad was higher. */
export const heightOf = (strokes: number[][][]): number => Math.max(HIGH, ...strokes.flat().map(([, y]) => y ?? 0))

/**
 * Inked rows of a picture as strokes that run to and fro down through touching stretches of ink, so that a printed name
 * takes the place of a drawn one.
 *
 * @param scale the width of one cell
 */
export function trace(rows: boolean[][], left: number, top: number, scale: number): Strokes {
  const done: Strokes = []
  let open: { from: number; to: number; stroke: Point[] }[] = []
  rows.forEach((row, i) => {
    const y = within(top + (i + 0.5) * scale, HIGH)
    const next: typeof open = []
    for (let from = 0; from < row.length; from++) {
      if (!row[from]) continue
      let to = from
      while (row[to + 1]) to++
      const above = open.find((run) => run.from <= to && run.to >= from && !next.some((each) => each.stroke === run.stroke))
      const stroke = above?.stroke ?? []
      if (!above) done.push(stroke)
      const [a, b] = [within(left + from * scale, WIDE), within(left + (to + 1) * scale, WIDE)]
      const last = stroke.at(-1)
      stroke.push(...(last && Math.abs(last[0] - b) < Math.abs(last[0] - a) ? [[b, y], [a, y]] as Strokes[number] : [[a, y], [b, y]] as Strokes[number]))
      next.push({ from, to, stroke })
      from = to
    }
    open = next
  })
  return done
}

/** The name in print, as fine as what is kept allows; nothing where the browser cannot draw. */
export function printed(name: string): Strokes {
  const text = name.normalize('NFC').trim()
  if (!text) return []
  for (let rows = 36; rows >= 8; rows -= 4) {
    const strokes = printedIn(text, rows)
    if (strokes.length <= STROKES && points(strokes) <= POINTS) return strokes
  }
  return []
}

function printedIn(text: string, rows: number): Strokes {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context) return []
  const font = `${rows * 0.8}px system-ui, 'Noto Sans CJK TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif`
  context.font = font
  const columns = Math.max(1, Math.ceil(context.measureText(text).width) + 2)
  context.canvas.width = columns
  context.canvas.height = rows
  context.font = font
  context.textBaseline = 'middle'
  context.fillText(text, 1, rows / 2)
  const { data } = context.getImageData(0, 0, columns, rows)
  const ink = Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => (data[(y * columns + x) * 4 + 3] ?? 0) > 110))
  const scale = Math.min((WIDE * 0.92) / columns, (HIGH * 0.7) / rows)
  return trace(ink, (WIDE - columns * scale) / 2, (HIGH - rows * scale) / 2, scale)
}
