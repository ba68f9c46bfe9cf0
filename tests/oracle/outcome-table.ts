/** 一种结果：报告的行、文书、2024 年起该告知的救济、依据材料可信的写法。照领域参考 4.1、4.3 另抄一遍。 */
interface Entry {
  row: string
  letter: string
  title: string
  /** 须先复议 */
  reviewFirst: boolean
  evidence: Readonly<Record<string, string>>
  /** 发文时另填的 */
  fields?: Readonly<Record<string, string>>
}

const entry = (row: string, letter: string, title: string, evidence: Entry['evidence'], fields: Entry['fields'] = {}): Entry => ({ row, letter, title, reviewFirst: false, evidence, fields })
const denial = (row: string, evidence: Entry['evidence'], fields: Entry['fields'] = {}): Entry => ({ ...entry(row, 'L17', '政府信息不予公开答复书', evidence, fields), reviewFirst: true })

const SEARCHED = { notHeld: 'NOT_EXIST', searchedBy: '档案室', searchedOn: '2024-01-02', searchScope: '合同台账', searchTerms: '合同名称', searchResult: '没有检索到' }

export const OUTCOME_TABLE = {
  GRANTED_ALREADY_PUBLIC: entry('R3.1', 'L14', '政府信息已主动公开告知书', { where: '区门户网站政府信息公开专栏' }),
  GRANTED: entry('R3.1', 'L15', '政府信息予以公开答复书', { provided: '以电子邮件提供复制件' }),
  PARTIAL: { ...entry('R3.2', 'L16', '政府信息部分公开答复书', { redactions: '第三页报价，第十五条，商业秘密' }, { provided: '电子邮件', attachments: '区分处理后的合同' }), reviewFirst: true },
  DENY_SECRET: denial('R3.3.1', { secretLevel: 'SECRET', classifiedBy: '区国家保密工作机构', classifiedDoc: '密定〔2024〕3号' }, { facts: '公开后将泄露依法应当保守的秘密' }),
  DENY_LAW: denial('R3.3.2', { forbiddenBy: '《中华人民共和国统计法》第二十五条' }, { facts: '该信息为统计调查中获得的个人资料' }),
  DENY_3S1W: denial('R3.3.3', { endangers: 'PUBLIC', argument: '该信息载明重点部位监控盲区' }),
  DENY_THIRD_PARTY: denial('R3.3.4', { thirdParty: '该方案系第三方自主研发并采取了保密措施' }, { interest: 'SECRET' }),
  DENY_INTERNAL: denial('R3.3.5', { internal: 'WORKFLOW', reason: '只用于内部工作安排' }),
  DENY_PROCESS: denial('R3.3.6', { process: 'DRAFT', reason: '尚未审定' }),
  DENY_CASEFILE: denial('R3.3.7', { caseFileNo: '示案〔2024〕5号', reason: '立案调查中形成的笔录' }),
  ADMIN_QUERY: entry('R3.3.8', 'L26', '依照特别规定办理告知书', { specialRule: '《不动产登记暂行条例》第二十七条', channel: '不动产登记大厅' }),
  UNABLE_NOT_HELD: entry('R3.4.1', 'L18', '政府信息不存在告知书', SEARCHED),
  UNABLE_NEEDS_CREATION: entry('R3.4.2', 'L20', '没有现成政府信息告知书', { creation: '需要另行汇总、分析' }),
  UNABLE_UNCLEAR: entry('R3.4.3', 'L21', '政府信息公开申请补正后仍不明确告知书', { unclear: '补正后仍没有写明名称' }, { supplementContent: '全部合同' }),
  NP_PETITION: entry('R3.5.1', 'L23', '非政府信息公开申请告知书', { petition: '要求查处某人' }),
  NP_DUPLICATE: entry('R3.5.2', 'L22', '政府信息公开申请不予重复处理告知书', { earlierDocNo: '示公开答〔2023〕12号', earlierOn: '2023-11-06' }),
  NP_PUBLICATION: entry('R3.5.3', 'L24', '公开出版物获取途径告知书', { publication: '《年鉴》', where: '区图书馆' }),
  NP_EXCESSIVE: entry('R3.5.4', 'L25', '政府信息公开申请不予处理告知书', { unreasonable: '多件内容只有个别字词之差' }, { facts: '共提出申请46件' }),
  NP_RECONFIRM: entry('R3.5.5', 'L22', '政府信息公开申请不予处理告知书', { alreadyHeld: '已提供过复制件' }),
  CLOSED_NO_CORRECTION: entry('R3.6.1', 'L27', '政府信息公开申请不再处理告知书', {}),
  CLOSED_NO_PAYMENT: entry('R3.6.2', 'L27', '政府信息公开申请不再处理告知书', {}),
  OTHER: entry('R3.6.3', 'L27', '政府信息公开申请处理告知书', { explanation: '所求为咨询，不是政府信息' }),
} as const satisfies Record<string, Entry>

export type OutcomeCode = keyof typeof OUTCOME_TABLE
export const OUTCOME_CODES = Object.keys(OUTCOME_TABLE) as OutcomeCode[]
export const outcomeEntry = (code: OutcomeCode): Entry => OUTCOME_TABLE[code]
export const isOutcomeCode = (text: string): text is OutcomeCode => Object.hasOwn(OUTCOME_TABLE, text)
