import type { Body, District } from '../../bodies/index.ts'
import { EMPTY_CONTENT, fieldOf } from './column-parts.ts'
import type { PartContent } from './column-parts.ts'

export interface SkeletonFacts {
  body: Pick<Body, 'name' | 'powers'>
  district: Pick<District, 'supervisor' | 'government'>
  /** 公布着的机构信息；没有的为 null */
  institution: PartContent | null
  reviewAuthority: string
  court: string
  /** 文书上的联系电话 */
  phone: string
  /** 文书上的联系人，往往即工作机构 */
  contact: string
}

/** 指南的初稿：照条例写的各项由系统写好，机构自己的情况有多少填多少，其余留空待填。 */
export function guideSkeleton({ body, district, institution, reviewAuthority, court, phone, contact }: SkeletonFacts): PartContent {
  const from = institution ?? EMPTY_CONTENT
  const courtWords = court === '' ? '提起行政诉讼' : `向${court}提起行政诉讼`
  return {
    fields: {
      classes: `${body.name}的政府信息，依公开的方式分为主动公开的和依申请公开的。\n主动公开的，按《中华人民共和国政府信息公开条例》第二十条、第二十一条所列各项分类，见本专栏「法定主动公开内容」。`,
      arrangement: '每条信息有一个索引号，编定之后不变；并列明名称、内容概述、文号、生成日期和公开日期，可按分类、年度查阅，也可检索。',
      access: '主动公开的：在本网站查阅、下载，也可以到档案馆、公共图书馆和政务服务场所设置的政府信息查阅场所查阅。\n没有主动公开的：可以依照条例第二十七条向本机关申请，见下面的「受理渠道」。',
      office: contact,
      address: fieldOf(from, 'address'),
      hours: fieldOf(from, 'hours'),
      phone: phone === '' ? fieldOf(from, 'phone') : phone,
      fax: fieldOf(from, 'fax'),
      online: fieldOf(from, 'online'),
      intake: '网上：在本网站「申请公开」分步填写，不用登录，不问用途。\n当面：到办公地址提交；书写有困难的可以口头提出，由工作人员代填。\n邮寄：寄到办公地址，信封上注明「政府信息公开申请」。',
      steps:
        '提出申请：写明姓名或者名称、身份证明、联系方式，所需信息的名称、文号或者其他特征，以及获取信息的方式、途径（条例第二十九条）\n登记：当面提交的以提交之日，邮寄的以签收之日，网上提交的以双方确认之日为收到之日（第三十一条）\n补正：内容不明确的，自收到之日起 7 个工作日内一次告知要补正什么（第三十条）\n答复：能当场答复的当场答复；其余自收到之日起 20 个工作日内答复，需要延长的至多延长 20 个工作日并告知（第三十三条）\n不服的：投诉举报，或者依法申请行政复议、提起行政诉讼（第五十一条）',
      fees: '依申请提供政府信息，不收取费用。\n申请的数量、频次明显超过合理范围的，可以收取信息处理费（条例第四十二条），标准见《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。',
      remedies: `认为本机关没有主动公开应当公开的，或者没有依法答复的，可以向${district.supervisor}反映（条例第四十七条）。\n认为本机关的政府信息公开工作侵犯其合法权益的，可以向上一级行政机关或者${district.supervisor}投诉、举报，也可以依法向${reviewAuthority}申请行政复议，或者${courtWords}（第五十一条）。`,
    },
    lists: {},
  }
}

/** 没有相应职权的各项，说明的初稿。 */
export function headingSkeleton(powers: Body['powers']): PartContent {
  const fields: Record<string, string> = {}
  if (!powers.penalty && !powers.coercion) fields['A20_06'] = '本机关没有行政处罚、行政强制职权。'
  if (!powers.fee) fields['A20_08'] = '本机关没有行政事业性收费。'
  return { fields, lists: {} }
}
