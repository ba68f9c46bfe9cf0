import { countForReport } from '../applications/index.ts'
import { takeSnapshot } from '../annual-report/testing.ts'
import type { Line, Section } from './line.ts'
import { wallMs } from './measure.ts'
import { YEAR, type BigBody, type World } from './world.ts'

const TODAY = `${YEAR + 1}-01-15`
const END = `${YEAR}-12-31`

/** 数报告：表三一次分组，整份报告（表二、三、四与正文所用的数），与一格背后的记录。 */
export async function tallyLines({ deps: { db }, bodies }: World): Promise<Section> {
  const lines: Line[] = []
  const notes: string[] = []
  for (const [body, limit] of [[bodies.small, 50], [bodies.big, 2000]] as const) {
    const times = body.cases > 100_000 ? 5 : 30
    const count = () => countForReport(db, body.bodyId, YEAR, END)
    const snapshot = () => takeSnapshot(db, body.bodyId, YEAR, TODAY)
    await snapshot()
    lines.push({ what: `${thousands(body)}件：表三`, measured: await wallMs(count, times), unit: 'ms', limit, note: '钟表时间，含数据库' })
    lines.push({ what: `${thousands(body)}件：整份报告`, measured: await wallMs(snapshot, times), unit: 'ms', limit, note: '另有十分之一条信息、各百分之一件复议与诉讼' })
  }
  notes.push('案子直接写入列表行（insert … select，不经时间线），随后 vacuum analyze；全部计入同一年度，比实际更苛。')
  return { title: '数报告', lines, notes }
}

const thousands = ({ cases }: BigBody): string => (cases >= 1_000_000 ? `${cases / 10_000} 万` : `${cases / 10_000} 万`)
