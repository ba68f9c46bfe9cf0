import { renderReport } from '../annual-report/testing.ts'
import type { Line, Section } from './line.ts'
import { wallMs } from './measure.ts'
import { publishedModel, type World } from './world.ts'

const FORMATS = ['html', 'docx', 'pdf', 'xlsx', 'json'] as const

/** 五种文件各写一份：头一次（载入库、起排版的子进程）与其后。钟表时间。 */
export async function editionLines(world: World): Promise<Section> {
  const model = await publishedModel(world)
  const lines: Line[] = []
  for (const format of FORMATS) {
    const first = await wallMs(() => renderReport(model, format), 1)
    const bytes = await renderReport(model, format)
    const note = `${Math.ceil(bytes.byteLength / 1024)} KB`
    lines.push({ what: `${format.toUpperCase()} 首次`, measured: first, unit: 'ms', limit: null, note })
    lines.push({ what: `${format.toUpperCase()} 其后`, measured: await wallMs(() => renderReport(model, format), 15), unit: 'ms', limit: null, note })
  }
  return { title: '五种文件', lines, notes: ['钟表时间。设计没有定限；已公布的只写一次，其后取存下的。'] }
}
