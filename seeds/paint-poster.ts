import { join } from 'node:path'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import type { SKRSContext2D } from '@napi-rs/canvas'
import { root } from '../src/platform/paths.ts'

/** 「一图读懂」的一张图：题名，其下依次几步，每步一句。 */
export interface PosterPlan {
  /** 不带扩展名 */
  name: string
  title: string
  steps: readonly { head: string; text: string }[]
}

const FONT = 'Poster Sans'
// 窄而字大：手机上也看得清
const [WIDTH, MARGIN, TOP, CARD, GAP, LETTER, LINE] = [640, 28, 116, 152, 20, 27, 38]

/** 画成 PNG；高随步数。 */
export function paintPoster({ title, steps }: PosterPlan): Buffer {
  if (!GlobalFonts.has(FONT)) GlobalFonts.registerFromPath(join(root, 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'), FONT)
  const canvas = createCanvas(WIDTH, TOP + steps.length * (CARD + GAP) + MARGIN - GAP)
  const context = canvas.getContext('2d')
  fill(context, '#f3f6fa', 0, 0, WIDTH, canvas.height)
  fill(context, '#1f4e79', 0, 0, WIDTH, TOP - GAP)
  write(context, title, MARGIN, 60, 34, '#ffffff')
  for (const [i, { head, text }] of steps.entries()) {
    const top = TOP + i * (CARD + GAP)
    fill(context, '#ffffff', MARGIN, top, WIDTH - 2 * MARGIN, CARD)
    fill(context, '#1f4e79', MARGIN, top, 10, CARD)
    write(context, String(i + 1), MARGIN + 30, top + 92, 52, '#1f4e79')
    write(context, head, MARGIN + 84, top + 46, 30, '#1f4e79')
    for (const [n, line] of linesOf(text).entries()) write(context, line, MARGIN + 84, top + 90 + n * LINE, LETTER, '#222222')
  }
  return canvas.toBuffer('image/png')
}

// 逐字排，满一行另起；至多两行
const LONGEST = Math.floor((WIDTH - 2 * MARGIN - 84 - 16) / LETTER)
const linesOf = (text: string): string[] => [text.slice(0, LONGEST), text.slice(LONGEST, 2 * LONGEST)].filter((line) => line !== '')

function fill(context: SKRSContext2D, colour: string, x: number, y: number, width: number, height: number): void {
  context.fillStyle = colour
  context.fillRect(x, y, width, height)
}

function write(context: SKRSContext2D, text: string, x: number, y: number, size: number, colour: string): void {
  context.font = `${size}px "${FONT}"`
  context.fillStyle = colour
  context.fillText(text, x, y)
}

/** 图里的话，逐字写给看不到图的人。 */
export const posterAlt = ({ title, steps }: PosterPlan): string => `${title}。${steps.map(({ head, text }, i) => `${i + 1}. ${head}：${text}`).join('；')}。`
