import './tables.ts'
import { findBody, findBodyByName, getDistrict, listBodies } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { fieldOf } from './column-parts.ts'
import type { PartContent } from './column-parts.ts'
import { findShownPart } from './column-store.ts'

/** 问哪里、何时、怎样的，由公开指南先答。 */
export interface GuideAnswer {
  /** 问话里出现其一即可以此作答，如「地址」「在哪」 */
  words: readonly string[]
  /** 所答的问题，如「办公地址」 */
  question: string
  answer: string
  href: string
  /** 谁的指南；一般的说明为 null */
  bodyName: string | null
}

/** 问话 ↔ 指南的栏。 */
const ASKED = [
  { key: 'address', question: '办公地址', words: ['地址', '在哪', '在哪里', '哪里', '位置', '怎么走'] },
  { key: 'hours', question: '办公时间', words: ['时间', '几点', '上班', '开门', '什么时候', '何时'] },
  { key: 'phone', question: '联系电话', words: ['电话', '联系', '号码', '打给'] },
  { key: 'fax', question: '传真', words: ['传真'] },
  { key: 'online', question: '互联网联系方式', words: ['邮箱', '电子邮件', '网址', '网站'] },
  { key: 'office', question: '信息公开工作机构', words: ['工作机构', '哪个科室', '哪个部门', '归谁管'] },
  { key: 'intake', question: '怎样申请公开', words: ['怎么申请', '如何申请', '申请公开', '怎样申请', '依申请'] },
  { key: 'fees', question: '收不收费', words: ['收费', '要钱', '费用', '多少钱', '免费'] },
  { key: 'access', question: '在哪里查', words: ['哪里查', '怎么查', '查阅', '查询', '在哪看'] },
  { key: 'remedies', question: '不服怎么办', words: ['投诉', '举报', '复议', '诉讼', '不服', '监督'] },
] as const

const GENERAL: readonly GuideAnswer[] = [
  { words: ['怎么申请', '如何申请', '申请公开', '怎样申请', '依申请'], question: '怎样申请公开', answer: '分步填写，不用登录，不问用途；自收到之日起 20 个工作日内答复。', href: '/apply', bodyName: null },
  { words: ['进度', '办到哪', '查询码', '登记号'], question: '查申请的进度', answer: '凭登记号与查询码查询；补正、撤回也在那里。', href: '/applications/track', bodyName: null },
  { words: ['收费', '要钱', '费用', '多少钱', '免费'], question: '收不收费', answer: '依申请提供政府信息，不收取费用；数量、频次明显超过合理范围的，可以收取信息处理费（条例第四十二条）。', href: '/apply', bodyName: null },
]

/**
 * 公开指南能直接答的。
 * @param bodyId 问的是哪个机构；没有说的为 null，答一般的，并以主管部门的指南答地址、电话
 */
export async function guideAnswers(tx: Tx, bodyId: string | null): Promise<GuideAnswer[]> {
  const body = bodyId === null ? await findSupervisor(tx) : await findBody(tx, bodyId)
  const general = bodyId === null ? GENERAL : []
  if (body === null) return [...general]
  const guide = await findShownPart(tx, body.bodyId, 'guide')
  return [...general, ...(guide === null ? [] : answersIn(guide.content, body, general))]
}

// 区政府信息公开工作主管部门：以名称认，名称对不上的取种类是主管部门的
async function findSupervisor(tx: Tx): Promise<Body | null> {
  const { supervisor } = await getDistrict(tx)
  return (await findBodyByName(tx, supervisor)) ?? (await listBodies(tx)).find(({ kind }) => kind === 'district-office') ?? null
}

function answersIn(content: PartContent, { code, name }: { code: string; name: string }, general: readonly GuideAnswer[]): GuideAnswer[] {
  return ASKED.flatMap(({ key, question, words }) => {
    const answer = fieldOf(content, key)
    if (answer === '' || general.some((each) => each.question === question)) return []
    const at = ['intake', 'fees', 'access', 'remedies'].includes(key) ? key : 'office'
    return [{ words, question, answer, href: `/bodies/${code}/guide#${at}`, bodyName: name }]
  })
}
