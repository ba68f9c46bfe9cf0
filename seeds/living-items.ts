import { getItem } from '../src/catalogue/index.ts'
import type { PublicationCode } from '../src/catalogue/index.ts'
import { actOnItem, aDraftItem, runPrecheck } from '../src/catalogue/testing-drafts.ts'
import type { ItemStep } from '../src/catalogue/testing-drafts.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import { after, before } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'
import type { Post } from './staff.ts'

/** 登记之后第几个工作日，由谁，办哪一步。 */
interface Step {
  day: number
  by: Post
  step: ItemStep
  given?: (on: PlainDate) => Readonly<Record<string, string>>
}

interface LivingItem {
  /** 登记之日在今日之前第几个工作日 */
  ago: number
  /** 成文又早几个工作日 */
  older?: number
  title: string
  docNo?: string
  summary: string
  html: string
  codes: readonly PublicationCode[]
  steps: readonly Step[]
}

const PASS = { result: 'pass', opinion: '' }
const submit = (day = 0): Step => ({ day, by: 'handler', step: 'submit' })
const checked: readonly Step[] = [submit(), { day: 1, by: 'unitHead', step: 'check' }]
const reviewed: readonly Step[] = [...checked, { day: 1, by: 'secrecy', step: 'secrecy-review', given: () => PASS }]
const approved: readonly Step[] = [...reviewed, { day: 2, by: 'head', step: 'approve' }]
const published: readonly Step[] = [...approved, { day: 2, by: 'publisher', step: 'publish' }]

/** 示例街道眼下在办的信息：去公开的路上各站都有，近日公开了的也有几条。 */
const LIVING: readonly LivingItem[] = [
  { ago: 9, title: '示例街道2026年第三季度财政收支执行情况', summary: '本街道第三季度一般公共预算收支的执行数与进度', codes: ['A20_07'], steps: published, html: '<p>2026年第三季度，本街道一般公共预算支出1 286.4万元，完成全年预算的74.2%。</p><table><thead><tr><th>科目</th><th>全年预算（万元）</th><th>累计执行（万元）</th></tr></thead><tbody><tr><td>城乡社区支出</td><td>812.0</td><td>603.1</td></tr><tr><td>社会保障和就业支出</td><td>546.5</td><td>412.8</td></tr><tr><td>卫生健康支出</td><td>375.2</td><td>270.5</td></tr></tbody></table>' },
  { ago: 7, title: '示例街道冬春季森林防火与用火安全告知', summary: '冬春季用火安全的要求与报警电话', codes: ['A20_12'], steps: published, html: '<h2>一、时间</h2><p>2026年11月15日至2027年4月30日。</p><h2>二、要求</h2><ul><li>林区内禁止野外用火。</li><li>祭扫请用鲜花，不焚烧纸钱。</li></ul><p>发现火情，请拨打119。</p>' },
  { ago: 4, title: '示例街道2026年10月临时救助情况公示', summary: '十月份临时救助的户数与金额，不含个人信息', codes: ['A20_11'], steps: published, html: '<p>2026年10月，本街道审核确认临时救助12户，发放救助金2.94万元。对公示有异议的，请于五个工作日内向公共服务办公室反映。</p>' },
  { ago: 3, title: '示例街道社区卫生服务站冬季门诊时间调整的通告', docNo: '示街通〔2026〕7号', summary: '冬季门诊时间', codes: ['A20_13'], steps: approved, html: '<p>自2026年12月1日起，各社区卫生服务站门诊时间调整为8:30至17:00，周末照常。</p>' },
  { ago: 3, title: '示例街道2026年度第四批老旧小区改造计划表', summary: '第四批改造的小区、内容与工期', codes: ['A20_10'], steps: [...approved, { day: 3, by: 'publisher', step: 'schedule', given: (on) => ({ day: after(on, 1), time: '09:00' }) }], html: '<p>第四批改造示例一路18号院等三个小区，内容为雨污分流、外墙修缮与无障碍坡道，工期自2026年12月至2027年6月。</p>' },
  { ago: 3, title: '示例街道网格员招募结果公示', summary: '招募的人数与岗位，不含个人信息', codes: ['A20_14'], steps: reviewed, html: '<p>经报名、笔试、面试，拟聘用网格员6名，岗位为示例社区2名、样板社区4名。公示期五个工作日。</p>' },
  { ago: 2, title: '示例街道安全生产检查情况通报（2026年11月）', docNo: '示街安〔2026〕11号', summary: '十一月检查的单位数、隐患数与整改情况', codes: ['A20_13'], steps: checked, html: '<p>11月检查生产经营单位46家，发现隐患31处，已整改27处，其余限期整改。</p>' },
  { ago: 2, title: '示例街道便民服务中心搬迁公告', summary: '新址、电话与办公时间', codes: ['A20_02'], steps: [submit()], html: '<p>示例街道便民服务中心自2026年12月7日起迁至示例二路66号，办公时间为工作日9:00至17:00。</p>' },
  {
    ago: 6, title: '示例街道2026年度政府集中采购目录执行情况', summary: '集中采购的项目与金额', codes: ['A20_09'],
    steps: [submit(), { day: 1, by: 'unitHead', step: 'return', given: () => ({ body: '请补上第三季度办公设备一项，并注明数据截止的日子。' }) }],
    html: '<p>2026年前三季度，集中采购共4项，金额合计38.7万元。</p>',
  },
  // 预检会拦下：正文里有手机号码
  { ago: 1, title: '示例街道适老化改造补贴发放公示', summary: '补贴的标准与发放情况', codes: ['A20_11'], steps: [], html: '<p>2026年共为23户家庭完成适老化改造，每户补贴3 000元。咨询请联系经办人，电话13900000000。</p>' },
  // 已经迟了
  { ago: 1, older: 24, title: '示例街道2026年9月行政处罚情况', summary: '九月份作出的处罚决定的件数与依据', codes: ['A20_06'], steps: [], html: '<p>2026年9月，本街道作出行政处罚决定5件，均为市容环境卫生类。</p>' },
]

/** 载入眼下在办、近日公开的各条，一步步照平常的办法办。 */
export async function loadLivingItems(deps: Deps, { bodyId, staff }: ExampleBody, today: PlainDate): Promise<void> {
  for (const { ago, older = 0, title, docNo, summary, html, codes, steps } of LIVING) {
    const begun = before(after(today, 0), ago)
    const { itemId } = await aDraftItem(atDay(deps, begun, '09:10'), staff.handler, bodyId, {
      title, summary, html, formedOn: before(begun, older), ...(docNo === undefined ? {} : { docNo }), classification: { codes }, details: { topic: 'general' },
    })
    if (steps.length === 0) await runPrecheck(atDay(deps, begun, '09:20'), staff.handler, { bodyId, itemId })
    for (const [i, { day, by, step, given }] of steps.entries()) {
      const on = after(begun, day)
      const fields = given?.(on) ?? {}
      const { version } = await getItem(deps.db, bodyId, itemId)
      const answer = await actOnItem(atDay(deps, on, `1${i}:20`), staff[by], { bodyId, itemId, seen: version, step, given: (field) => fields[field] ?? '' })
      if (!answer.ok) throw new Error(`演示的在办信息走不通：《${title}》${step} ${answer.refusal}`)
    }
  }
}
