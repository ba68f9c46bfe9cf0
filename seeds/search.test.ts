import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { suggestItems } from '../src/applications/testing.ts'
import { aDistrict } from '../src/bodies/testing.ts'
import { getBodyByCode } from '../src/bodies/index.ts'
import { listPublishedItems, searchItems } from '../src/catalogue/index.ts'
import { testDb } from '../src/platform/testing.ts'
import { makeExampleBodies } from './example-bodies.ts'
import { loadExampleCatalogue } from './example-catalogue.ts'

const { db, deps } = testDb()
beforeAll(async () => {
  await aDistrict(deps)
  await loadExampleCatalogue(deps, await makeExampleBodies(deps))
}, 60_000)

/** 公众这样问 → 首三条里须有的。 */
const QUESTIONS: readonly (readonly [code: string, asked: string, wanted: RegExp])[] = [
  ['slqzjj', '我想看看老旧小区改造的方案', /老旧小区改造三年行动方案/],
  ['slqzjj', '旧改三年行动方案', /老旧小区改造三年行动方案/],
  ['slqczj', '行政事业性收费有哪些项目，收费目录清单', /行政事业性收费目录清单/],
  ['slqczj', '2024年政府集中采购目录', /2024年政府集中采购目录/],
  ['slqczj', '政府采购实施情况 第三季度', /第三季度政府采购实施情况/],
  ['slqmzj', '2025年低保金发放公示', /最低生活保障资金发放公示/],
  ['slqmzj', '养老服务设施运营补贴给了多少钱', /养老服务设施建设与运营补贴公示/],
  ['slqmzj', '临时救助情况', /临时救助情况公示/],
  ['slqjyj', '2025年小学入学招生工作方案', /招生入学工作方案/],
  ['slqjyj', '家庭经济困难学生资助政策', /困难学生资助政策/],
  ['slqjyj', '公开招聘教师拟录用人员名单', /公开招聘教师公告及拟录用人员公示/],
  ['slqsjj', '食品安全监督抽检结果', /食品安全监督抽检结果/],
  ['slqsjj', '2025年第一季度食品抽检', /2025年第一季度食品安全监督抽检结果/],
  ['slqwjj', '公共场所卫生监督检查结果', /公共场所卫生监督检查结果/],
  ['slqwjj', '基本公共卫生服务项目实施方案', /基本公共卫生服务项目.*实施方案/],
  ['slqfgj', '国民经济和社会发展计划', /国民经济和社会发展计划/],
  ['slqfgj', '主要经济指标 2024年第二季度', /2024年第二季度主要经济指标/],
  ['slqzjj', '在建工程安全生产检查', /在建工程安全生产检查情况/],
  ['slqcgj', '行政处罚决定公示2024年第三季度', /2024年第三季度行政处罚决定公示/],
  ['slqzfb', '公务员招考录用结果', /公务员招考职位及录用结果/],
  ['slqzfb', '政策文件汇编', /政策文件汇编及解读/],
  ['sljd', '便民服务事项清单办事指南', /便民服务事项清单及办事指南/],
  ['sljd', '汛期值守和预警信息', /汛期值守与预警信息/],
  ['sljd', '平安社区建设情况', /平安社区建设情况/],
  ['sljd', '2023年部门决算', /2023年部门决算/],
  ['sljd', '贵单位的领导成员及分工', /领导成员及分工/],
  ['sljd', '房屋征收补偿方案', /房屋征收补偿方案/],
  // 问错了机关，别的机关已经公开的也告诉他
  ['sljd', '义务教育阶段招生入学工作方案', /招生入学工作方案/],
]

/** 没有公开的：不拿不相干的来打断人。 */
const NOTHING = [
  '我家楼上装修的投诉是谁处理的',
  '某小区加装电梯的批复',
  '张三与李四的调解协议书',
  '12345 热线工单 20240301 的回复',
  '关于拆除违章建筑的会议纪要',
  '与某某科技有限公司签订的无人机租赁合同',
]

describe('what the public asks in its own words', () => {
  test.each(QUESTIONS)('%s: %s', async (code, asked, wanted) => {
    const found = await suggestItems(db, await getBodyByCode(db, code), asked)
    expect(found.slice(0, 3).map(({ item }) => item.title)).toContainEqual(expect.stringMatching(wanted))
  })

  test.each(NOTHING)('nothing for: %s', async (asked) => {
    expect((await suggestItems(db, await getBodyByCode(db, 'sljd'), asked)).map(({ item }) => item.title)).toEqual([])
  })

  test('the items of the body asked come first', async () => {
    const found = await suggestItems(db, await getBodyByCode(db, 'ybjd'), '2024年部门预算')
    expect(found.findLastIndex(({ own }) => own)).toBe(found.filter(({ own }) => own).length - 1)
    expect(found[0]?.item.title).toMatch(/2024年部门预算/)
  })
})

test('any part of a title of two letters or more finds it, unless ten others hold the same', async () => {
  const { items } = await listPublishedItems(db, { limit: 2000, offset: 0 })
  const part = fc.constantFrom(...items).chain(({ itemId, title }) =>
    fc.tuple(fc.nat(title.length - 2), fc.integer({ min: 2, max: 30 })).map(([from, length]) => ({ itemId, q: title.slice(from, Math.max(from + 2, from + length)) })),
  )
  await fc.assert(
    fc.asyncProperty(part, async ({ itemId, q }) => {
      fc.pre(/[\p{L}\p{N}]{2}/u.test(q))
      const { hits } = await searchItems(db, { q, limit: 10 })
      const found = hits.some(({ id }) => id === itemId)
      const letters = (text: string) => text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, '')
      const crowd = hits.length === 10 && hits.every(({ title }) => letters(title.map(({ text }) => text).join('')).includes(letters(q)))
      expect([q, found || crowd]).toEqual([q, true])
    }),
    { numRuns: 300 },
  )
})
