import type { RollUp } from './roll-up.ts'

/** 文字里没有读出来的数：哪一样，哪几家。 */
export interface Unread {
  what: 'items' | 'fees' | 'replies' | 'safeguards'
  who: readonly string[]
}

export const UNREAD_WORDS: Record<Unread['what'], string> = { items: '主动公开信息的条数', fees: '信息处理费', replies: '是否按期答复', safeguards: '培训、会议、建议提案与重点领域' }

/** 一份汇总的报告由哪些报告加成，随报告冻结、公布。 */
export interface Summed {
  /** 应报的机关几家；区政府本级不在其内 */
  due: number
  parts: readonly { bodyId: string; bodyCode: string; bodyName: string; round: number }[]
  absent: readonly { bodyName: string; reason: string; person: string }[]
  unread: readonly Unread[]
}

export const toSummed = ({ due, parts, absent }: RollUp, unread: readonly Unread[]): Summed => ({
  due,
  parts: parts.map(({ bodyId, bodyCode, bodyName, round }) => ({ bodyId, bodyCode, bodyName, round })),
  absent: absent.map(({ bodyName, explanation }) => ({ bodyName, reason: explanation?.reason ?? '', person: explanation?.person ?? '' })),
  unread,
})

/** 由同样的报告、同样的次数加成；都不是汇总的也算。 */
export function sameParts(a: Pick<Summed, 'parts'> | undefined, b: Pick<Summed, 'parts'> | undefined): boolean {
  const keys = (of: Pick<Summed, 'parts'> | undefined) => (of?.parts ?? []).map(({ bodyId, round }) => `${bodyId} ${round}`).toSorted().join()
  return keys(a) === keys(b)
}

const NAMED = 10

/** 整句：应报几家、汇总了几家、缺谁。 */
export function summedSentence({ due, parts, absent }: Summed): string {
  const filed = parts.filter(({ round }) => round > 0).length
  const own = parts.find(({ round }) => round === 0)
  const head = `全区应当编制年度报告的行政机关和法律、法规授权的组织共${due}个，本报告汇总其中${filed}个`
  const besides = own === undefined ? '' : `以及${own.bodyName}本级的数据`
  const names = absent.slice(0, NAMED).map(({ bodyName }) => bodyName).join('、')
  return `${head}${besides}${absent.length === 0 ? '' : `；未汇总的${absent.length}个：${names}${absent.length > NAMED ? '等' : ''}`}。`
}
