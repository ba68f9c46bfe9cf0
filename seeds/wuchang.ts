import type { Narrative } from '../src/annual-report/testing.ts'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import type { LedgerRecord } from '../src/catalogue/index.ts'
import { aLedgerRecord, recordItems } from '../src/catalogue/testing.ts'
import type { ItemWish } from '../src/catalogue/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import { carryReport } from './carry-report.ts'
import { loadWuchangColumn } from './example-columns.ts'
import { atDay, instant } from './clock.ts'
import { makeStaff } from './staff.ts'
import { findPastProblems } from '../src/annual-report/testing.ts'
import { importPast } from '../src/supervision/testing.ts'

/**
 * 武昌区城市运行管理中心与它 2024 年的真实记录，依其公布的 2024 年度报告：8 条主动公开信息（概况 3、财政 2、其他 3），
 * 没有申请、复议、诉讼、规范性文件。报告没有写明各条的日期与更名的日期，此处的日子为演示所设，记录里写明。
 * 不设虚构的记录；2023 年的报告没有取得，不补造。
 */
export async function loadWuchang(deps: Deps): Promise<void> {
  await aDistrict(atDay(deps, '2023-12-29'))
  const body = await aBody(atDay(deps, '2023-12-29'), {
    code: 'csyxglzx',
    name: '武昌区城市运行管理中心',
    kind: 'authorized-org',
    namedFrom: '2024-11-01',
    formerNames: [{ name: FORMER_NAME, to: '2024-10-31', note: '更名的日期没有取得；演示以2024年10月31日为曾用名的最后一日' }],
    shortName: '区城市运行管理中心',
    sort: 1,
    demo: false,
  })
  const staff = await makeStaff(deps, { bodyId: body.bodyId, prefix: '', surname: 0, signIn: true, order: 0 })
  await recordItems(deps.db, body.bodyId, ITEMS.map(toRecord), {
    source: '武昌区城市运行管理中心2024年年度报告；报告没有写明日期，日期为演示所设',
    recordedOn: ({ content }) => ({ actor: staff.officer.accountId, at: instant(content.formedOn, '16:30') }),
  })
  await loadWuchangColumn(deps, { bodyId: body.bodyId, name: body.name, staff })
  await carryReport(deps, {
    bodyId: body.bodyId,
    year: 2024,
    staff,
    narrative: NARRATIVE_2024,
    days: {
      freeze: '2025-01-02',
      draft: '2025-01-03',
      check: '2025-01-06',
      review: '2025-01-07',
      sign: '2025-01-08',
      file: '2025-01-09',
      publish: '2025-01-09',
    },
  })
  // 报告自己写的问题与措施，登记下来跟着办；进展没有取得，不补造
  const past = await findPastProblems(deps.db, body.bodyId, 2024)
  await importPast(atDay(deps, '2025-01-10'), staff.officer, { bodyId: body.bodyId, year: 2024, past: past?.problems ?? [] })
}

const FORMER_NAME = '武昌区社会管理网格化服务中心'

export const ITEMS: readonly (ItemWish & { title: string; formedOn: string })[] = [
  { title: '机构职能', formedOn: '2024-01-15', codes: ['A20_02'] },
  { title: '领导成员及分工', formedOn: '2024-01-15', codes: ['A20_02'] },
  { title: '内设机构', formedOn: '2024-01-15', codes: ['A20_02'] },
  { title: `${FORMER_NAME}2024年部门预算`, formedOn: '2024-02-08', codes: ['A20_07'] },
  { title: '城市留言板网址', formedOn: '2024-03-20', codes: ['A20_05'] },
  { title: '武汉市民热线（12345）', formedOn: '2024-03-20', codes: ['A20_05'] },
  { title: '武昌微邻里公众号', formedOn: '2024-03-20', codes: ['A20_05'] },
  { title: `${FORMER_NAME}2023年部门决算`, formedOn: '2024-09-20', codes: ['A20_07'] },
]

function toRecord(wish: ItemWish): LedgerRecord {
  const record = aLedgerRecord(wish)
  const summary = '据该单位2024年年度报告记载；报告没有写明公开日期，此处的日期为演示所设。'
  return { ...record, content: { ...record.content, summary }, channel: '区政府门户网站' }
}

/** 内容依其公布的 2024 年度报告，序号、标题、名称照格式理顺；数字一律用占位。 */
const NARRATIVE_2024: Narrative = {
  introduction:
    '本报告依据《中华人民共和国政府信息公开条例》第五十条及{格式文号}规定的格式编制。所列数据的统计期限自{年}年1月1日起至{年}年12月31日止。',
  overview: {
    proactive:
      '{年}年，区城市运行管理中心认真贯彻落实《中华人民共和国政府信息公开条例》的各项要求，由中心主要领导任信息公开领导小组组长，按照武昌区政府{年}年政务公开工作要点要求，对政府信息公开工作进行研究和部署，明确工作职责，健全工作流程，充分利用各种载体，公开中心工作目标及完成情况，力促各项工作有序推进。\n' +
      '{主动公开综述}公开信息全文电子化率达100%。\n' +
      `主动公开政府信息包括：1.公开机构职能信息；2.公开领导成员及分工信息；3.公开内设机构信息；4.公开财政预决算信息，主要包括《${FORMER_NAME}{年}年部门预算》《${FORMER_NAME}{上年}年部门决算》（标题所用为本中心曾用名“${FORMER_NAME}”）；5.公开城市留言板网址；6.公开武汉市民热线（12345）；7.公开武昌微邻里公众号。`,
    requests: '{申请综述}',
    management:
      '结合本中心实际，明确政府信息公开的指导思想、公开原则、组织机构、工作职责、工作目标和工作要求等。梳理中心工作职责、业务事项、信息类别，确保所公开信息真实准确。针对城市运行管理、网格化服务工作特点，落实专人负责，定期公开公布工作进度情况，使政府信息公开及时高效。',
    platform:
      '确保政府门户网站信息准确。全面推广使用协同办公系统，做好本单位政务网络安全保障工作。依托民呼我应系统，做好政务数据资源整合应用。',
    supervision:
      '建立健全政务公开责任考核制度，通过监督信箱、电话等渠道，认真听取收集群众意见和建议。本中心未出现因政府信息公开不到位需要进行责任追究的情况。',
  },
  lastProblems: [
    {
      problem: '对政务公开的有关细则和政策的把握还不够全面，信息员的专业水平有待提升',
      answer:
        '明确工作职责，严格落实政务公开工作各项规章制度，不断规范工作程序，创新工作方式，推动中心政务公开工作在制度化、规范化、常态化方面取得新突破',
    },
  ],
  problems: [
    {
      problem: '对信息公开工作的业务培训持续性和系统性有待进一步加强',
      measure:
        '加大相关人员系统操作、依申请公开答复等业务知识的学习培训力度，提升工作人员对政务公开有关细则和政策的把握能力，提高业务水平；加强与上级部门的对接沟通，积极参加上级部门组织的有关培训，认真听取上级业务部门的意见建议，做到信息公开及时、准确和全面',
    },
  ],
  others: {
    fees: '{信息处理费综述}',
    proposals: '本中心没有建议提案办理公开事宜。',
    fields: '本中心不涉及重点领域公开事项。',
    more: '',
  },
}
