import { liveReport } from '../src/annual-report/testing.ts'
import type { Narrative } from '../src/annual-report/testing.ts'
import { getBodyByCode, setSetting } from '../src/bodies/index.ts'
import { aBody } from '../src/bodies/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import { carryReport } from './carry-report.ts'
import { atDay } from './clock.ts'
import { exampleUscc, REVIEW_URL, SEED } from './example-bodies.ts'
import { findStaff, makeStaff } from './staff.ts'
import type { Staff } from './staff.ts'

export const GOVERNMENT = { code: 'slqzf', name: '示例区人民政府', reported: 2024 } as const

export interface ExampleGovernment {
  bodyId: string
  staff: Staff
}

/** 本级政府：全区的年度报告由它的人起草、校核、审查、签发、公布；登录名以 zf- 开头。 */
export async function makeGovernment(deps: Deps): Promise<ExampleGovernment> {
  const { code, name } = GOVERNMENT
  const day = atDay(deps, '2022-12-30')
  const { bodyId } = await aBody(day, { code, name, kind: 'government', codeWord: '示政', uscc: exampleUscc(99), establishedOn: '2019-03-01', namedFrom: '2019-03-01', sort: 5, demo: true })
  const settings = { reviewAuthority: '示例市人民政府', court: '示例市中级人民法院', reviewOnlineUrl: REVIEW_URL, letterPhone: '027-00000000' } as const
  for (const key of ['reviewAuthority', 'court', 'reviewOnlineUrl', 'letterPhone'] as const) {
    const done = await setSetting(day, SEED, { bodyId, key, value: settings[key] })
    if (!done.ok) throw new Error(`演示的区政府建不成：${JSON.stringify(done)}`)
  }
  const staff = await makeStaff(deps, { bodyId, prefix: 'zf-', surname: 2, signIn: ['officer', 'head', 'secrecy', 'leader', 'publisher'], order: 40 })
  return { bodyId, staff }
}

// 三月二十一日各机关的都已受理；三月三十一日前公布（条例第四十九条）
const DAYS = { freeze: '2025-03-21', draft: '2025-03-24', check: '2025-03-25', review: '2025-03-26', sign: '2025-03-27', file: '2025-03-28', publish: '2025-03-28' } as const

/** 全区 2024 年度的报告：初稿由系统取自受理的各份，补写考核、评议、追责的结果，一步步办到公布。 */
export async function loadDistrictReport(deps: Deps, { bodyId, staff }: ExampleGovernment): Promise<void> {
  const { narrative } = await liveReport(atDay(deps, DAYS.freeze), GOVERNMENT.code, GOVERNMENT.reported)
  await carryReport(deps, { bodyId, year: GOVERNMENT.reported, staff, narrative: finished(narrative), days: DAYS })
}

// 另造的机关 2024 年度的报告受理在公布之后：照更正的规矩重新汇总，旧版照存
const AGAIN = { freeze: '2025-04-21', draft: '2025-04-22', check: '2025-04-23', review: '2025-04-24', sign: '2025-04-25', file: '2025-04-27', publish: '2025-04-28' } as const

/** 又受理了许多份之后，更正全区 2024 年度的报告，使它与受理的各份之和一致。 */
export async function correctDistrictReport(deps: Deps): Promise<void> {
  const { code, reported: year } = GOVERNMENT
  const { bodyId } = await getBodyByCode(deps.db, code)
  const staff = await findStaff(deps, bodyId, 'zf-')
  const { narrative } = await liveReport(atDay(deps, AGAIN.freeze), code, year)
  await carryReport(deps, { bodyId, year, staff, narrative: finished(narrative), days: AGAIN, explain: () => '已与受理的各份报告核对，情况属实', correction: { on: '2025-04-21', reason: '公布之后又受理了一批机关的报告，重新汇总' } })
}

const finished = (draft: Narrative): Narrative => ({
  ...draft,
  overview: {
    ...draft.overview,
    supervision: `${draft.overview.supervision}\n区政务公开办对各机关作了年度工作考核，结果已在区内通报；委托第三方组织了社会评议，意见已转各机关整改；没有发生需要追究责任的情形。`,
  },
})
