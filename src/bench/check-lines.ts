import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkReport, readReportBytes, renderReport, type ReadReport } from '../annual-report/testing.ts'
import { root } from '../platform/paths.ts'
import type { Line, Section } from './line.ts'
import { cpuMs, wallMs } from './measure.ts'
import { publishedModel, type World } from './world.ts'

const LIMIT_MS = 0.2
const SAMPLING = { warmUp: 6000, rounds: 15, times: 300 }

/** 已公布的四份报告：检查所测试用的原文，格式、长短、错处各不相同。 */
const PUBLISHED = [
  ['wuchang-2024', '武昌区城市运行管理中心 2024（错处最多）'],
  ['huaian-2024', '淮安市 2024（文字最长）'],
  ['hongze-2023', '洪泽区 2023'],
  ['shuyang-fgj-2023', '沭阳县发展和改革局 2023（空格 125 处）'],
] as const

/** 核查一份读出的报告的 CPU，与读各种文件的钟表时间（在子进程里读）。 */
export async function checkLines(world: World): Promise<Section> {
  const lines: Line[] = []
  for (const [name, label] of PUBLISHED) {
    const report = await readReportBytes(fixture(name), `${name}.txt`)
    const found = checkReport(report, null).length
    lines.push({ what: `核查：${label}`, measured: await cpuMs(() => checkReport(report, null), SAMPLING), unit: 'ms', limit: LIMIT_MS, note: `${report.lines.length} 行，${found} 处` })
    if (name === 'huaian-2024')
      lines.push({ what: '同上，与一份同样长的上年报告对照', measured: await cpuMs(() => checkReport(report, lastYearOf(report)), SAMPLING), unit: 'ms', limit: null, note: '另含上年报告的视图与逐段比对' })
  }
  const model = await publishedModel(world)
  for (const format of ['html', 'docx', 'pdf', 'json'] as const) lines.push(await readingLine(format, await renderReport(model, format)))
  lines.push(await readingLine('txt', fixture('huaian-2024')))
  return { title: '核查', lines, notes: ['核查为 CPU，数千次的中位；读为钟表时间，子进程已起，含进程间传送。'] }
}

// 只改年度：逐段都最像，比对最费
const lastYearOf = (report: ReadReport): ReadReport => ({ ...report, year: (report.year ?? 0) - 1 })

const fixture = (name: string): Buffer => readFileSync(join(root, 'src/annual-report/checker/fixtures', `${name}.txt`))

async function readingLine(format: string, bytes: Uint8Array): Promise<Line> {
  const read = () => readReportBytes(bytes, `report.${format}`)
  await read()
  return { what: `读 ${format.toUpperCase()}`, measured: await wallMs(read, 9), unit: 'ms', limit: null, note: `${Math.ceil(bytes.byteLength / 1024)} KB` }
}
