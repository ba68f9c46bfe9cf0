import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** 一条横线或竖线，页面坐标（点）。at 为横线的 y 或竖线的 x。 */
export interface Rule {
  at: number
  from: number
  to: number
}
export interface Rules {
  horizontal: Rule[]
  vertical: Rule[]
}

type Matrix = readonly [number, number, number, number, number, number]
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]
const SHORTEST = 4 // 更短的不是表格线
const THIN = 3 // 不粗于此的实心矩形是线
const SLANT = 0.5
const MOST = 20_000

// pdfjs 6 的路径以数组存放：命令号后随坐标
const MOVE = 0
const LINE = 1
const ARGUMENTS: Record<number, number> = { 0: 2, 1: 2, 2: 6, 3: 4, 4: 0 }

const STROKES: ReadonlySet<number> = new Set([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke])
const FILLS: ReadonlySet<number> = new Set([OPS.fill, OPS.eoFill])

interface OperatorList {
  fnArray: readonly number[]
  argsArray: readonly unknown[]
}

/** 一页的绘图指令 → 横线与竖线（细长的实心矩形也算）。 */
export function toRules(list: OperatorList): Rules {
  const rules: Rules = { horizontal: [], vertical: [] }
  const stack: Matrix[] = []
  let matrix = IDENTITY
  for (const [index, fn] of list.fnArray.entries()) {
    const args = list.argsArray[index]
    if (fn === OPS.save) stack.push(matrix)
    else if (fn === OPS.restore) matrix = stack.pop() ?? IDENTITY
    else if (fn === OPS.transform) matrix = multiply(matrix, args as Matrix)
    else if (fn === OPS.paintFormXObjectBegin) {
      stack.push(matrix)
      const own = (args as [Matrix | null])[0]
      if (own) matrix = multiply(matrix, own)
    } else if (fn === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? IDENTITY
    else if (fn === OPS.constructPath) addPath(rules, args as PathArgs, matrix)
    if (rules.horizontal.length + rules.vertical.length > MOST) break
  }
  return rules
}

type PathArgs = [number, [Float32Array | null], unknown]
type Point = readonly [number, number]

function addPath(rules: Rules, [paint, [path]]: PathArgs, matrix: Matrix): void {
  if (!path || !(STROKES.has(paint) || FILLS.has(paint))) return
  for (const points of toPolylines(path, matrix)) {
    if (STROKES.has(paint)) for (let i = 1; i < points.length; i++) addSegment(rules, points[i - 1]!, points[i]!)
    else addThinBox(rules, points)
  }
}

function toPolylines(path: Float32Array, matrix: Matrix): Point[][] {
  const lines: Point[][] = []
  for (let at = 0; at < path.length; ) {
    const command = path[at]!
    const size = ARGUMENTS[command]
    if (size === undefined) break
    const point = (offset: number) => apply(matrix, path[at + offset]!, path[at + offset + 1]!)
    if (command === MOVE) lines.push([point(1)])
    else if (command === LINE) lines.at(-1)?.push(point(1))
    else if (size > 0) lines.push([point(size - 1)]) // 曲线不是表格线
    else if (lines.at(-1)?.length) lines.at(-1)!.push(lines.at(-1)![0]!)
    at += size + 1
  }
  return lines
}

function addSegment(rules: Rules, [x0, y0]: Point, [x1, y1]: Point): void {
  if (Math.abs(y0 - y1) < SLANT && Math.abs(x0 - x1) >= SHORTEST)
    rules.horizontal.push({ at: (y0 + y1) / 2, from: Math.min(x0, x1), to: Math.max(x0, x1) })
  else if (Math.abs(x0 - x1) < SLANT && Math.abs(y0 - y1) >= SHORTEST)
    rules.vertical.push({ at: (x0 + x1) / 2, from: Math.min(y0, y1), to: Math.max(y0, y1) })
}

function addThinBox(rules: Rules, points: readonly Point[]): void {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (high - low <= THIN && right - left >= SHORTEST) rules.horizontal.push({ at: (low + high) / 2, from: left, to: right })
  else if (right - left <= THIN && high - low >= SHORTEST) rules.vertical.push({ at: (left + right) / 2, from: low, to: high })
}

const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
]
const apply = (m: Matrix, x: number, y: number): Point => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]]
