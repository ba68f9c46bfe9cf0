import { getBody } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { countSnapshot } from './count-snapshot.ts'
import type { Snapshot } from '../report.ts'
import { rollUpSnapshot } from '../roll-up/roll-up-snapshot.ts'

/**
 * 一份报告此刻的全部数字：机关的由台账数出；一级政府的是受理的各机关报告之和，加上政府本级的台账。
 * @param today 今日；统计截止于今日或该年 12 月 31 日，取早
 */
export async function takeSnapshot(tx: Tx, bodyId: string, year: number, today: PlainDate): Promise<Snapshot> {
  const { kind } = await getBody(tx, bodyId)
  return kind === 'government' ? rollUpSnapshot(tx, year, today) : countSnapshot(tx, bodyId, year, today)
}
