import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignedInActor } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { aNewComplaint, actOnComplaint, feedBackOnline, inboxOf, registerAtDesk, submitComplaint } from '../src/supervision/complaints/testing.ts'
import { aMail } from '../src/supervision/complaints/testing-mails.ts'
import { atDay } from './clock.ts'
import { after, before } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'
import type { Post } from './staff.ts'

type Wish = Parameters<typeof aNewComplaint>[2]
type Step = Parameters<typeof actOnComplaint>[2]['step']

interface Living {
  /** 今日之前第几个工作日收到 */
  ago: number
  /** 归谁办：街道，或者区政务公开办 */
  at: 'street' | 'office'
  /** 工作台登记的；不写即网上提交 */
  desk?: true
  wish: NonNullable<Wish>
  /** 收到之后第几个工作日，由谁，办什么，填什么 */
  steps: readonly (readonly [day: number, by: Post, step: Step, given: Readonly<Record<string, string>>])[]
  /** 反映人自己的评价 */
  rating?: { day: number; rating: 'satisfied' | 'basic' | 'dissatisfied'; text: string }
}

const NOBODY = { name: '', phone: '', mail: '', address: '' }
const person = (name: string, mail = '') => ({ name, phone: '13800000000', mail, address: '' })

/** 查清、作结论、答复，各填什么。 */
const settle = (from: number, outcome: 'founded' | 'partly' | 'unfounded', findings: string, grounds: string, measures: string): Living['steps'] => [
  [from, 'officer', 'accept', {}],
  [from + 3, 'officer', 'investigate', { findings }],
  [from + 5, 'officer', 'draft', { outcome, grounds, measures }],
  [from + 5, 'head', 'decide', { verdict: 'agree' }],
  [from + 6, 'officer', 'answer', { way: 'page', text: `经查，${outcome === 'founded' ? '成立' : outcome === 'partly' ? '部分成立' : '不成立'}。${grounds}。${measures === '' ? '' : `${measures}。`}` }],
]
const close = (day: number): Living['steps'][number] => [day, 'officer', 'close', { note: '已与反映人联系' }]

const LIVING: readonly Living[] = [
  { ago: 1, at: 'street', wish: { matter: 'broken-column', content: '示例街道专栏里「行政执法」一栏点开是空白，刷新几次都一样。', person: NOBODY }, steps: [] },
  { ago: 5, at: 'street', desk: true, wish: { channel: 'HOTLINE', workOrderNo: 'SL12345-0317', matter: 'wrong-content', content: '反映街道便民服务中心的办公时间写错了，周六上午其实不开门。', person: person('何样例') }, steps: [[1, 'officer', 'accept', {}], [3, 'officer', 'investigate', { findings: '便民服务中心本年起周六不再开放，专栏没有随之更新' }]] },
  { ago: 19, at: 'street', desk: true, wish: { channel: 'VISIT', matter: 'not-published', content: '来访反映：示例二路改造的施工计划没有公开，居民不知道何时围挡。', person: person('郑演示') }, steps: [[1, 'officer', 'accept', {}]] },
  { ago: 8, at: 'street', wish: { matter: 'wrong-content', content: '救助标准的表里，去年与今年的数字写反了。', person: person('冯样板', 'reader@example.cn') }, steps: [...settle(1, 'founded', '两年的数字确实写反', '表中两年的标准写反', '已于当日改正，并核对其余各表').slice(0, 4)] },
  { ago: 4, at: 'office', wish: { basis: 'A51', matter: 'unlawful-reply', toOwn: false, content: '投诉示例街道：对我申请的会议纪要答复「不存在」，可是公开的报道里引用过。', accused: '承办人', person: person('蒋样例') }, steps: [[1, 'officer', 'accept', {}]] },
  ...([
    [60, 'street', 'not-published', 'founded', '低保公示栏上月没有更新', '公示确实晚了一个月', '已补发，今后按月核对', 'satisfied'],
    [75, 'street', 'broken-column', 'founded', '年度报告的附件打不开', '附件链接失效', '链接已改正', 'satisfied'],
    [90, 'street', 'wrong-content', 'partly', '办事指南的材料清单多写了一项', '清单中有一项已取消', '已删去该项', 'basic'],
    [105, 'office', 'unlawful-reply', 'unfounded', '街道答复超期', '答复在法定期限之内，延期已告知', '', 'dissatisfied'],
    [120, 'office', 'not-published', 'founded', '采购目录没有公开', '目录应当公开而没有公开', '已督促公开', 'satisfied'],
    [140, 'street', 'other', 'unfounded', '咨询热线无人接听', '查通话记录，当日线路检修', '', 'basic'],
    [150, 'street', 'broken-column', 'founded', '检索不到去年的通知', '栏目迁移时遗漏', '已补入', 'satisfied'],
  ] as const).map(([ago, at, matter, outcome, content, grounds, measures, rating], i): Living => ({
    ago,
    at,
    wish: { matter, toOwn: at === 'street', content, person: i % 2 === 0 ? NOBODY : person('褚演示') },
    steps: [...settle(1, outcome, grounds, grounds, measures), close(14)],
    rating: { day: 10, rating, text: '' },
  })),
]

/** 载入示例区的投诉与反映：各步都有的几件，与往日办结的。 */
export async function loadLivingComplaints(deps: Deps, { street, office }: { street: ExampleBody; office: ExampleBody }, today: PlainDate): Promise<void> {
  for (const one of LIVING) await live(deps, one.at === 'street' ? street : office, street, one, today)
}

async function live(deps: Deps, owner: ExampleBody, street: ExampleBody, { ago, desk, wish, steps, rating }: Living, today: PlainDate): Promise<void> {
  const receivedOn = before(after(today, 0), ago)
  const then = atDay(deps, receivedOn, '09:20')
  const input = aNewComplaint(street.bodyId, receivedOn, wish)
  const key = input.complaintId.replaceAll('-', '').padEnd(43, 'x')
  const { bodyId, complaintId } = desk === true ? await registerAtDesk(then, owner.staff.officer, input, key) : await submitComplaint(then, input, key)
  let seen = 1
  for (const [day, by, step, given] of steps) {
    const on = after(receivedOn, day)
    if (rating !== undefined && step === 'close') {
      await feedBackOnline(atDay(deps, after(receivedOn, rating.day), '20:10'), { bodyId, complaintId }, rating)
      seen += 1
    }
    await act(atDay(deps, on), owner.staff[by], { bodyId, complaintId, seen, step, given: (name) => (name === 'on' ? on : (given[name] ?? '')) })
    seen += 1
  }
}

async function act(deps: Deps, actor: SignedInActor, input: Parameters<typeof actOnComplaint>[2]): Promise<void> {
  const answer = await actOnComplaint(deps, actor, input)
  if (!answer.ok) throw new Error(`演示的投诉走不通：${input.step} ${Object.values(answer.errors).join('；')}`)
}

/** 信箱里放一封信，开了任务随即登记成一件。 */
export async function dropDemoMail({ config }: Pick<Deps, 'config'>): Promise<void> {
  const dir = inboxOf(config)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writeFile(join(dir, 'demo.eml'), aMail({ from: '曹某 <cao@example.cn>', id: '<demo@example.cn>', subject: '示例街道的预算表打不开', text: '示例街道办事处专栏里，本年预算的附件点了没有反应。\n换了两台电脑都一样，请看看。' }), { mode: 0o600 })
}
