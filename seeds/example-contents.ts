import type { Outcome } from '../src/statute/outcomes.ts'
import type { ApplicantKind } from '../src/applications/index.ts'
import type { Random } from './random.ts'

/** 一眼可知是虚构的地方。 */
export const PLACES = [
  '示例一路12号院', '示例小区', '样板花园', '示例广场', '演示巷', '样板里社区', '示例公园北侧', '示例二路市场', '演示大厦', '样板新村',
  '示例中学周边', '示例河西岸', '样板路37号', '示例社区三期', '演示家园', '示例工业园',
] as const

const PUBLICATIONS = ['示例区年鉴', '示例区统计年鉴', '示例区志'] as const
const COMPLAINTS = ['夜间施工噪声扰民', '楼道堆放杂物', '餐馆油烟扰民', '停车收费不合理', '违规搭建', '物业服务不到位'] as const

/** 申请的内容，依将来的处理结果写成合情理的样子。 */
export function contentFor(outcome: Outcome, subject: string, place: string, random: Random): string {
  switch (outcome) {
    case 'DENY_SECRET':
      return `申请公开涉及${place}的定密文件全文`
    case 'DENY_LAW':
      return `申请公开${place}内单个企业填报的统计调查表`
    case 'DENY_3S1W':
      return `申请公开${place}供水、燃气设施的点位坐标与安防布置`
    case 'DENY_THIRD_PARTY':
      return `申请公开${subject}中的企业报价明细与技术方案`
    case 'DENY_INTERNAL':
      return `申请公开本机关${random.pick(['考勤记录', '公务用车派车单', '文件内部流转单', '年度考核评语'])}`
    case 'DENY_PROCESS':
      return `申请公开${subject}${random.pick(['讨论会议记录', '征求意见过程稿', '向上级的请示'])}`
    case 'DENY_CASEFILE':
      return `申请公开${place}行政处罚案件的询问笔录与调查终结报告`
    case 'ADMIN_QUERY':
      return `申请查询${subject}`
    case 'UNABLE_NEEDS_CREATION':
      return `申请按街道汇总近十年${subject}并制成统计表`
    case 'UNABLE_UNCLEAR':
    case 'CLOSED_NO_CORRECTION':
      return `申请公开与${place}有关的全部文件、会议记录和其他材料`
    case 'NP_PETITION':
      return `反映${place}${random.pick(COMPLAINTS)}，要求查处并给予说法`
    case 'NP_PUBLICATION':
      return `申请提供《${random.pick(PUBLICATIONS)}》纸质版一套`
    case 'NP_EXCESSIVE':
      return `申请公开${subject}（同一申请人当月第${random.between(22, 36)}件内容相近的申请）`
    case 'NP_RECONFIRM':
      return `请求对已经取得的${subject}逐页盖章确认并重新出具`
    case 'OTHER':
      return `咨询${subject}的办理条件和需要准备的材料`
    default:
      return `申请公开${subject}`
  }
}

type Evidence = Readonly<Record<string, string>>

/** 作出该种处理所依的材料；缺一项即作不出决定。 */
export function evidenceFor(outcome: Outcome, subject: string, day: string, random: Random): Evidence {
  switch (outcome) {
    case 'GRANTED_ALREADY_PUBLIC':
      return { where: 'https://example.gov.cn/xxgk（示例区政府门户网站政府信息公开专栏）' }
    case 'GRANTED':
      return { provided: random.pick(['纸质复印件，邮寄提供', '电子文档，依申请人指定的方式提供', '当面领取纸质复印件']) }
    case 'PARTIAL':
      return { redactions: '遮盖个人姓名、住址、联系方式（条例第十五条，个人隐私）；其余提供' }
    case 'DENY_SECRET':
      return { secretLevel: 'SECRET', classifiedBy: '示例市人民政府办公厅（演示）', classifiedDoc: '示密〔2022〕3号（演示）' }
    case 'DENY_LAW':
      return { forbiddenBy: '《中华人民共和国统计法》关于单个统计调查对象的资料应当保密的规定' }
    case 'DENY_3S1W':
      return { endangers: 'PUBLIC', argument: '公开设施点位与安防布置，可能被用于破坏，危及公共安全' }
    case 'DENY_THIRD_PARTY':
      return { thirdParty: '书面征求第三方意见，第三方以涉及商业秘密为由不同意公开，理由合理' }
    case 'DENY_INTERNAL':
      return { internal: random.pick(['STAFF', 'LOGISTICS', 'WORKFLOW']), reason: '属内部管理事务，不直接影响公众权益' }
    case 'DENY_PROCESS':
      return { process: random.pick(['MINUTES', 'DRAFT', 'REQUEST']), reason: '尚在讨论研究过程中，公开可能影响坦率交换意见' }
    case 'DENY_CASEFILE':
      return { caseFileNo: `示罚〔${day.slice(0, 4)}〕${random.between(11, 96)}号案卷`, reason: '属行政执法案卷信息，可向案件当事人依行政程序提供' }
    case 'ADMIN_QUERY':
      return {
        specialRule: subject.includes('房屋') ? '《不动产登记暂行条例》关于登记资料查询的规定' : '《中华人民共和国市场主体登记管理条例》及有关登记档案查询的规定',
        channel: '到登记机构的查询窗口办理',
      }
    case 'UNABLE_NOT_HELD':
      return random.below(2) === 0
        ? {
            notHeld: 'NOT_EXIST',
            searchedBy: '档案员（演示）',
            searchedOn: day,
            searchScope: '综合档案室、业务系统、办公系统',
            searchTerms: subject.slice(0, 30),
            searchResult: '未检索到',
          }
        : {
            notHeld: 'NOT_RESPONSIBLE',
            notResponsible: '该信息由其他行政机关制作，本机关未保存',
            responsibleBody: '示例市有关主管部门，电话见其政府信息公开指南',
          }
    case 'UNABLE_NEEDS_CREATION':
      return { creation: '没有现成的汇总表，须对历年业务数据加工、分析后另行制作' }
    case 'UNABLE_UNCLEAR':
      return { unclear: '首次申请为“全部材料”；补正后为“有关材料”，仍不能指向特定的政府信息' }
    case 'NP_PETITION':
      return { petition: '内容为投诉事项，已告知12345政务服务便民热线和信访渠道' }
    case 'NP_PUBLICATION':
      return { publication: '示例区年鉴', where: '区图书馆、区档案馆可以查阅，新华书店有售' }
    case 'NP_EXCESSIVE':
      return { unreasonable: '申请人称“备查”，未说明大量反复申请的合理用途' }
    case 'NP_RECONFIRM':
      return { alreadyHeld: '申请人已于此前取得该信息并签收' }
    case 'OTHER':
      return { explanation: '属咨询事项，不是政府信息公开申请，已另行答复' }
    case 'NP_DUPLICATE':
    case 'CLOSED_NO_CORRECTION':
    case 'CLOSED_NO_PAYMENT':
      return {}
  }
}

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严魏陶姜谢邹'
const GIVEN = ['示例', '样例', '演示', '样板'] as const
const ORGANISATIONS: Readonly<Record<Exclude<ApplicantKind, 'N'>, readonly string[]>> = {
  B: ['示例商贸有限公司', '样板建筑工程有限公司', '演示物业服务有限公司', '示例餐饮管理有限公司'],
  R: ['示例城市研究院', '样板大学公共政策研究所'],
  P: ['示例助老服务中心', '样板环保志愿服务队', '演示社区发展基金会'],
  L: ['示例律师事务所', '样板律师事务所'],
  O: ['示例小区业主委员会', '演示村股份经济合作社'],
}

/** 申请人的名字，一看便知是虚构的。 */
export const applicantName = (kind: ApplicantKind, random: Random): string =>
  kind === 'N' ? `${random.pick([...SURNAMES])}${random.pick(GIVEN)}` : random.pick(ORGANISATIONS[kind])
