import { join } from 'node:path'
import { createCanvas, GlobalFonts, type Canvas } from '@napi-rs/canvas'
import { root } from '../../platform/paths.ts'

const font = (name: string) => join(root, 'node_modules/@expo-google-fonts', name)
const SONG = ['SimSun', 'NSimSun', 'STSong', 'STSong-Light', 'STFangsong', 'FangSong', 'FangSong_GB2312', 'KaiTi', 'KaiTi_GB2312', 'STKaiti', 'Adobe Song Std', 'AdobeSongStd-Light', 'serif']
const HEI = ['SimHei', 'STHeiti', 'Microsoft YaHei', 'MicrosoftYaHei', 'sans-serif', 'monospace']

/** 标注依据所用的字体。 */
export const LABEL_FONT = 'Noto Sans SC'

let ready = false
/** 登记随 npm 安装的字体：没有嵌入中文字体的 PDF 也排得出字，依据标得出来。只在子进程中用。 */
export function readyFonts(): void {
  if (ready) return
  GlobalFonts.registerFromPath(font('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'), 'Noto Serif SC')
  GlobalFonts.registerFromPath(font('noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'), LABEL_FONT)
  for (const alias of SONG) if (!GlobalFonts.has(alias)) GlobalFonts.setAlias('Noto Serif SC', alias)
  for (const alias of HEI) if (!GlobalFonts.has(alias)) GlobalFonts.setAlias(LABEL_FONT, alias)
  ready = true
}

/** 白底的画布。 */
export function blankCanvas(width: number, height: number): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  return canvas
}

/** 一页画面的像素，RGBA。 */
export interface Raster {
  width: number
  height: number
  data: Uint8ClampedArray
}

export const toRaster = (canvas: Canvas): Raster => {
  const { width, height } = canvas
  return { width, height, data: canvas.getContext('2d').getImageData(0, 0, width, height).data }
}
