import { getDistrict } from '../src/bodies/index.ts'
import type { PartContent } from '../src/catalogue/index.ts'
import { aShownPart, checkChannels, guideSkeleton, savePart } from '../src/catalogue/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import { atDay } from './clock.ts'
import type { ExampleBody } from './example-bodies.ts'
import type { Staff } from './staff.ts'

/** 还没有编指南的一个，搬了办公地址而指南没有更新的一个，渠道久未核实的一个：看板上各有一例。 */
const WITHOUT_GUIDE = 'slqwjj'
const MOVED = 'sljd'
const UNCHECKED = 'slqczj'

/** 示例机构的专栏：机构信息、公开指南、办事渠道，都是虚构的。 */
export async function loadExampleColumns(deps: Deps, bodies: readonly ExampleBody[]): Promise<void> {
  const { supervisor, government } = await getDistrict(deps.db)
  for (const body of bodies.filter(({ abolishedOn }) => abolishedOn === null)) {
    const { bodyId, code, staff } = body
    const people = { officer: staff.officer, head: staff.head }
    const institution = institutionOf(body)
    await aShownPart(atDay(deps, '2025-02-10', '15:00'), people, { bodyId, part: 'institution', content: institution })
    if (code !== WITHOUT_GUIDE) {
      const skeleton = guideSkeleton({ body, district: { supervisor, government }, institution, reviewAuthority: '示例区人民政府', court: '示例区人民法院', phone: '027-00000000', contact: '综合办公室（政府信息公开工作机构）' })
      const online = { fax: '无', online: `xxgk-${code}@example.gov.cn` }
      await aShownPart(atDay(deps, '2025-02-17', '15:00'), people, { bodyId, part: 'guide', content: { ...skeleton, fields: { ...skeleton.fields, ...online } } })
    }
    if (code === MOVED) await aShownPart(atDay(deps, '2025-12-15', '15:00'), people, { bodyId, part: 'institution', content: institutionOf(body, '示例路 100 号街道政务服务中心二楼') })
    const channels = channelsOf(body)
    await aShownPart(atDay(deps, '2025-03-03', '15:00'), people, { bodyId, part: 'channels', content: channels })
    await checkChannels(atDay(deps, code === UNCHECKED ? '2025-03-03' : '2025-12-22', '16:00'), staff.officer, bodyId, channels)
  }
}

const OFFICE = ['综合办公室', '文电、会务、政务公开、财务和后勤保障'] as const

/** 各机构的业务科室与职责：公众问「这事归谁管」，从这里找得到。 */
const DEPARTMENTS: Readonly<Record<string, readonly (readonly [name: string, duties: string])[]>> = {
  slqzfb: [['政务公开科', '推进、指导、协调、监督全区政府信息公开工作，承办区政府的公开事项'], ['文电科', '区政府文件的拟制、审核和规范性文件的合法性审核协调']],
  sljd: [['公共服务办公室', '临时救助、社会保障、养老服务、便民服务中心'], ['综合执法中心', '占道经营、违法建设的巡查与处罚，房屋征收的配合']],
  slqfgj: [['投资科', '政府投资项目审批、企业投资项目核准备案、节能审查'], ['价格科', '政府定价目录、价格管理、主要经济指标的汇总']],
  slqjyj: [['义务教育科', '中小学招生入学、学区划分、转学、学籍'], ['安全与后勤科', '校园安全、学校食堂与午餐、困难学生资助']],
  slqcgj: [['市容管理科', '户外广告、临时占道、建筑垃圾处置的许可'], ['市政与防汛科', '道路、排水设施的养护，城市内涝的预警与处置']],
  slqzjj: [['城市更新科', '老旧小区改造、既有住宅加装电梯'], ['住房保障与征收科', '房屋征收与补偿、商品房预售、物业管理、住宅专项维修资金']],
  slqsjj: [['食品安全监管科', '食品经营许可、食品抽检、集贸市场管理'], ['特种设备与质量科', '电梯等特种设备安全监察、产品质量抽查']],
  slqmzj: [['社会救助科', '最低生活保障、临时救助、特困人员供养'], ['养老服务科', '养老服务设施建设与运营补贴、老年人优待']],
  slqczj: [['预算科', '区级预算、决算的编制和公开，部门预算批复'], ['政府采购与绩效科', '政府采购监督、专项资金分配与绩效评价、行政事业性收费目录']],
  slqwjj: [['医政科', '医疗机构设置与执业登记、基层医疗机构考核'], ['疾控与妇幼科', '预防接种、“两癌”筛查、公共场所卫生监督']],
  ybjd: [['公共服务办公室', '老年人优待证、居家养老、临时救助、便民服务中心'], ['社区建设办公室', '社区工作者、老旧小区改造的居民意见征求']],
}

function institutionOf({ code, name, field, staff, index }: ExampleBody, address = `示例路 ${index + 1} 号`): PartContent {
  const own = DEPARTMENTS[code] ?? []
  const head = name.endsWith('街道办事处') || name.endsWith('办公室') ? '主任' : '局长'
  const surname = (post: 'leader' | 'unitHead'): string => Array.from(staff[post].name)[0] ?? '某'
  return {
    fields: {
      duties: `贯彻执行国家和本市有关${field}的法律、法规、规章和政策。\n拟订本区${field}的工作计划并组织实施。\n承担${field}方面的公共服务、监督检查和宣传。\n完成区委、区政府交办的其他任务。`,
      address,
      postcode: '000000',
      hours: '工作日上午 9:00—12:00，下午 2:00—5:00',
      phone: '027-00000000',
      fax: '',
      online: '',
    },
    lists: {
      leaders: [
        { name: `${surname('leader')}某某`, post: head, charge: '主持全面工作' },
        { name: `${surname('unitHead')}某`, post: `副${head}`, charge: `分管${[...own.map(([department]) => department), '政务公开'].join('、')}` },
      ],
      departments: [OFFICE, ...own].map(([department, duties]) => ({ name: department, duties, phone: '' })),
    },
  }
}

const channelsOf = ({ name, code }: ExampleBody): PartContent => ({
  fields: {},
  lists: {
    channels: [
      { name: '12345 政务服务便民热线', use: '咨询、求助、投诉、举报和建议，24 小时有人接听。', phone: '12345', url: '', qr: '', address: '', hours: '24 小时' },
      { name: `${name}网上留言`, use: '写给本机关的意见和建议，5 个工作日内答复（演示）。', phone: '', url: `https://example.gov.cn/${code}/message`, qr: `https://example.gov.cn/${code}/message`, address: '', hours: '' },
      { name: '政务服务窗口', use: '当面咨询、提交政府信息公开申请。', phone: '027-00000000', url: '', qr: '', address: '示例区政务服务中心一楼（演示）', hours: '工作日上午 9:00—12:00，下午 2:00—5:00' },
    ],
  },
})

/**
 * 武昌区城市运行管理中心的专栏：只写其 2024 年度报告所说的三条渠道；报告没有写的网址、二维码、地址、电话不补造，
 * 故指南只是一份待补的草稿，机构信息没有。
 */
export async function loadWuchangColumn(deps: Deps, { bodyId, name, staff }: { bodyId: string; name: string; staff: Staff }): Promise<void> {
  const { supervisor, government } = await getDistrict(deps.db)
  const then = atDay(deps, '2026-01-06', '15:00')
  const channel = (called: string, use: string, phone = '') => ({ name: called, use, phone, url: '', qr: '', address: '', hours: '' })
  const channels: PartContent = {
    fields: {},
    lists: {
      channels: [
        channel('城市留言板', '在网上反映诉求、提出意见和建议。网址见区政府门户网站。'),
        channel('武汉市民热线（12345）', '打电话咨询、求助、投诉、举报和建议。', '12345'),
        channel('武昌微邻里公众号', '在微信里找「武昌微邻里」公众号，与所在网格联系。'),
      ],
    },
  }
  await aShownPart(then, { officer: staff.officer, head: staff.head }, { bodyId, part: 'channels', content: channels })
  const powers = { license: false, penalty: false, coercion: false, fee: false }
  const content = guideSkeleton({ body: { name, powers }, district: { supervisor, government }, institution: null, reviewAuthority: government, court: '', phone: '', contact: '' })
  const saved = await savePart(then, staff.officer, { bodyId, part: 'guide', content, seen: 0, submit: false })
  if (!saved.ok) throw new Error('指南的草稿存不下')
}
