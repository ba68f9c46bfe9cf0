import { formFrame, formTable } from '../statute/report-table.ts'
import type { CellCode, TableName } from '../statute/report-form.ts'
import type { Block, Document, Table } from './document.ts'

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', spans: [text] })

/** 年度报告的一张法定表；没有给出的格为 0。 */
export function aReportTable(table: TableName, values: Readonly<Record<CellCode, number>> = {}): Table {
  const rows = formTable('2021', table, (code) => ({ text: String(values[code] ?? 0) }))
  return { ...formFrame('2021', table), rows }
}

/** 武昌区城市运行管理中心 2024 年度报告，文字取其公布的原文，序号已改正。 */
export function aReport(values: Readonly<Record<CellCode, number>> = {}, changes: Partial<Document> = {}): Document {
  return {
    issuer: '武昌区城市运行管理中心',
    title: '2024年政府信息公开工作年度报告',
    creator: '武昌区城市运行管理中心',
    datedOn: '2025-01-09',
    demo: false,
    blocks: [
      paragraph(
        '根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）要求，编制本报告。本报告所列数据的统计期限为2024年1月1日至2024年12月31日。',
      ),
      heading(1, '一、总体情况'),
      heading(2, '（一）政府信息主动公开情况'),
      paragraph(
        '2024年，区城市运行管理中心在区委、区政府的坚强领导下，认真贯彻落实《中华人民共和国政府信息公开条例》的各项要求，由中心主要领导任信息公开领导小组组长，按照武昌区政府2024年政务公开工作要点要求，对政府信息公开工作进行研究和部署，明确工作职责，健全工作流程，充分利用各种载体，公开中心工作目标及完成情况，力促各项工作有序推进。全年共主动公开政府信息8条。其中，概况信息3条，财政信息2条，其他对外管理服务事项信息3条，公开信息全文电子化率达100%。',
      ),
      paragraph('主动公开政府信息包括：'),
      paragraph('1.公开机构职能信息；'),
      paragraph('2.公开领导成员及分工信息；'),
      paragraph('3.公开内设机构信息；'),
      paragraph(
        '4.公开财政预决算信息：主要包括《武昌区社会管理网格化服务中心2024年部门预算》《武昌区社会管理网格化服务中心2023年部门决算》；',
      ),
      paragraph('5.公开城市留言板网址；'),
      paragraph('6.公开武汉市民热线（12345）；'),
      paragraph('7.公开武昌微邻里公众号。'),
      heading(2, '（二）政府信息依申请公开情况'),
      paragraph('2024年，武昌区城市运行管理中心未收到政府信息公开申请。'),
      heading(2, '（三）政府信息管理情况'),
      paragraph('严格执行政府信息公开审查制度，落实专人负责，对拟公开的信息逐条审查，定期核对公开指南与公开目录。'),
      heading(2, '（四）政府信息公开平台建设情况'),
      paragraph(
        '结合本中心实际，明确政府信息公开的指导思想、公开原则、组织机构、工作职责、工作目标和工作要求等。同时，针对城市运行管理、网格化服务工作特点，定期公布工作进度情况，使政府信息公开及时高效，确保政府门户网站信息准确。',
      ),
      heading(2, '（五）监督保障情况'),
      paragraph(
        '建立健全政务公开责任考核制度，通过监督信箱、电话等渠道，认真听取收集群众意见和建议。梳理中心工作职责、业务事项、信息类别，确保所公开信息真实准确。我中心未出现因政府信息公开不到位需要进行责任追究的情况。',
      ),
      heading(1, '二、主动公开政府信息情况'),
      { kind: 'table', table: aReportTable('T2', values) },
      heading(1, '三、收到和处理政府信息公开申请情况'),
      { kind: 'table', table: aReportTable('T3', values) },
      heading(1, '四、政府信息公开行政复议、行政诉讼情况'),
      { kind: 'table', table: aReportTable('T4', values) },
      heading(1, '五、存在的主要问题及改进情况'),
      paragraph(
        '（一）上年度存在的问题。上年度主要存在对政务公开的有关细则和政策的把握还不够全面、信息员的专业水平有待提升的问题。解决措施是明确工作职责，严格落实政务公开工作各项规章制度，不断规范工作程序，创新工作方式，推动中心政务公开工作在制度化、规范化、常态化方面取得新突破。',
      ),
      paragraph(
        '（二）本年度存在的问题。对信息公开工作的业务培训持续性和系统性有待进一步加强。下年度改进举措是加大相关人员系统操作、依申请公开答复等业务知识的学习培训力度，提升工作人员对政务公开有关细则和政策的把握能力，提高业务水平。加强与上级部门的对接沟通，积极参加上级部门组织的有关培训，认真听取上级业务部门的意见建议，做到信息公开及时、准确和全面。',
      ),
      heading(1, '六、其他需要报告的事项'),
      paragraph('（一）信息处理费收取情况。2024年我中心未收取信息处理费。'),
      paragraph('（二）建议提案办理公开情况。我中心没有建议提案办理公开事宜。'),
      paragraph('（三）重点领域政府信息公开情况。我中心不涉及重点领域公开事项。'),
      { kind: 'signature', name: '武昌区城市运行管理中心', on: '2025-01-09' },
    ],
    ...changes,
  }
}
