import type { Tx } from '../platform/db.ts'
import { countAccountability } from './accountability/index.ts'
import { MEASURES, MEASURE_NAMES } from './accountability/matter.ts'
import { listPublishedIn } from './assessment/results.ts'

/**
 * 一级政府的年度报告要写的工作考核、责任追究结果（条例第五十条），照这一年的记录写成一两句；没有记录的不写，不断言没有。
 * 社会评议不在本系统，由起草的人写。
 */
export async function supervisionResults(tx: Tx, year: number): Promise<string> {
  const span = { from: `${year}-01-01`, to: `${year}-12-31` }
  const assessed = (await listPublishedIn(tx, span)).map(({ title, bodies, publishedOn }) => `工作考核：${title}的结果于${publishedOn}公布，考核${bodies}个机关。`)
  const { opened, decided, withdrawn, byMeasure } = await countAccountability(tx, span)
  const measures = MEASURE_NAMES.filter((key) => (byMeasure[key] ?? 0) > 0).map((key) => `${MEASURES[key]}${byMeasure[key] ?? 0}件次`)
  const pursued = opened + decided + withdrawn === 0 ? [] : [`责任追究：提起${opened}件，作出处理${decided}件${measures.length === 0 ? '' : `（${measures.join('、')}）`}，撤销${withdrawn}件。`]
  return [...assessed, ...pursued].join('\n')
}
