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

const DEPARTMENTS = [
  ['综合办公室', '文电、会务、政务公开、财务和后勤保障'],
  ['业务一科', '拟订有关政策并组织实施，受理群众来访'],
  ['业务二科', '日常监督检查，统计和档案工作'],
] as const

function institutionOf({ name, field, staff, index }: ExampleBody, address = `示例路 ${index + 1} 号`): PartContent {
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
        { name: `${surname('leader')}某某`, post: name.endsWith('街道办事处') || name.endsWith('办公室') ? '主任' : '局长', charge: '主持全面工作' },
        { name: `${surname('unitHead')}某`, post: '副职', charge: `分管${field}、政务公开` },
      ],
      departments: DEPARTMENTS.map(([department, duties]) => ({ name: department, duties, phone: '' })),
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
