import type { Deps } from '../../platform/deps.ts'
import { transaction } from '../../platform/connect.ts'
import { filingDue } from './due-days.ts'
import { listReviewers } from './office.ts'
import { settleOffice, tellBody } from './tell.ts'

const TITLES = {
  opened: (year: number) => `请报送 ${year} 年度报告`,
  reminded: (year: number) => `催报：请尽快报送 ${year} 年度报告`,
  accepted: (year: number) => `${year} 年度报告已受理`,
} as const

/** 告诉许多机关同一件事，一机关一个事务；可以重办，同一 key 每人至多一条。 */
export async function tellMany(deps: Deps, { year, bodyIds, what, key }: { year: number; bodyIds: readonly string[]; what: keyof typeof TITLES; key: string }): Promise<void> {
  const { dueOn, innerOn } = await filingDue(deps.db, year)
  const note = what === 'accepted' ? '' : `${innerOn < dueOn ? `区里要求 ${innerOn} 前报送，` : ''}法定期限 ${dueOn}（条例第四十九条）`
  const title = TITLES[what](year)
  const reviewers = what === 'accepted' ? await listReviewers(deps.db) : []
  for (const bodyId of bodyIds)
    await transaction(deps.db, async (tx) => {
      await settleOffice(tx, { bodyId, year }, reviewers, deps.clock.now())
      await tellBody(tx, { bodyId, year }, { what: key, title, note }, deps.clock.now())
    })
}
