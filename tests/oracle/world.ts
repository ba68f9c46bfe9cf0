import type { Post } from '../../src/applications/testing-desk.ts'
import { answerLetter } from './answer-letter.ts'
import type { Offices } from './answer-letter.ts'
import { chooseStep, fillStep } from './choose-act.ts'
import type { Step } from './choose-act.ts'
import { daysAfter, inChinese, workdaysAfter } from './days.ts'
import type { Day } from './days.ts'
import { mayHappen } from './may-happen.ts'
import { outcomeEntry } from './outcome-table.ts'
import { draftLetter, openCase } from './real-case.ts'
import type { Desk, Seen } from './real-case.ts'
import type { Act, Rules } from './tale.ts'
import { feeForPages, tellCase } from './tell-case.ts'
import type { Told } from './tell-case.ts'
import { receivedOf, walkDays } from './walk-days.ts'

/** 一机构的各件：实际的一份在系统里，所说的一份在这里。 */
export interface World {
  desk: Desk
  rules: Rules
  offices: Offices
  setToday: (day: Day) => void
  cases: Map<string, { person: string; acts: Act[] }>
  /** 走过的各步，成了几回、拒了几回 */
  seen: Map<string, number>
}

/** 说的与看到的不同。 */
export class Disagreement extends Error {}

const tale = (world: World, caseId: string) => {
  const found = world.cases.get(caseId)
  if (found === undefined) throw new Error(`没有 ${caseId}`)
  return found
}
export const told = (world: World, caseId: string, today: Day): Told => tellCase(tale(world, caseId).acts, today, world.rules)

/** 登记一件；`person` 为证件号，同一人可以再提。 */
export async function register(world: World, day: Day, person: string): Promise<string> {
  const caseId = await world.desk.register(day, { name: `某${person.slice(-4)}`, idNo: person })
  world.cases.set(caseId, { person, acts: [{ act: 'received', on: day, column: 'N' }] })
  return caseId
}

/** 走一步的任选数。 */
export interface Lot {
  which: number
  choose: number
  pick: number
  days: number
  back: number
  head: boolean
}

/** 照任选数走一步：从页面给的里选一步，交表，看成没成与所说的是否一致，再看案件页。 */
export async function takeStep(world: World, ids: string[], lot: Lot, today: Day): Promise<void> {
  world.setToday(today)
  const caseId = ids[lot.which % ids.length] ?? ''
  const who: Post = lot.head ? 'head' : 'officer'
  const { offered } = await openCase(world.desk, caseId, who)
  const step = chooseStep(offered, lot.choose, { ...situation(world, caseId, today), pick: lot.pick, back: lot.back })
  if (step === null) return
  ids.push(...(await perform(world, caseId, step, today, who)))
}

const situation = (world: World, caseId: string, today: Day) => {
  const { acts, person } = tale(world, caseId)
  const others = [...world.cases].filter(([id, one]) => id !== caseId && one.person === person).map(([id]) => id)
  return { today, acts, told: told(world, caseId, today), others }
}

/** 办一步：应当成的成了、应当拒的拒了，页面照说的变；返回新拆出的各件。 */
async function perform(world: World, caseId: string, step: Step, today: Day, who: Post): Promise<string[]> {
  const { desk } = world
  const { acts } = tale(world, caseId)
  const before = await desk.stateOf(caseId)
  const expected = step.act === null ? (step.fields['on'] ?? today) >= (receivedOf(acts) ?? '') : (mayHappen(acts, step.act, today, world.rules, who !== 'officer') && besides(world, caseId, step.act, today))
  const own = before.proposal !== null && step.name === 'approve' ? await proposedBySame(desk, caseId, who) : false
  const response = await desk.act(caseId, today, step.name, step.fields, who)
  const done = response.status === 303
  if (done !== (expected && !own)) throw new Disagreement(`${today} ${step.name} ${JSON.stringify(step.fields)}：所说${expected && !own ? '可以' : '不可以'}，系统${done ? '成了' : `不成（${response.status}：${refusalIn(await response.text())}）`}`)
  const key = `${step.name} ${done ? '成' : '拒'}`
  world.seen.set(key, (world.seen.get(key) ?? 0) + 1)
  if (!done) {
    if (response.status !== 409 && response.status !== 422) throw new Disagreement(`${step.name} 应答 ${response.status}`)
    return []
  }
  if (step.act === null) return []
  const made = await recordAct(world, caseId, step.act, today)
  await agreeOn(world, caseId, today)
  await agreeOnLetter(world, caseId, step.act, today)
  return made
}

// 批准的人不能是拟定的人：页面不给，故一般到不了
async function proposedBySame(desk: Desk, caseId: string, who: Post): Promise<boolean> {
  return !(await openCase(desk, caseId, who)).offered.includes('approve')
}

const refusalIn = (html: string): string => /<div class="notice (?:error|warn)"[\s\S]*?<\/div>/.exec(html)?.[0].replaceAll(/<[^>]+>/g, '') ?? html.slice(0, 200)

/** 不只看本件日子的：并案看前案，作废看发没发出、收没收费。 */
function besides(world: World, caseId: string, act: Act, today: Day): boolean {
  const self = told(world, caseId, today)
  if (act.act === 'voided') return self.sentOn === null && self.fee?.paid !== true
  if (act.act !== 'merged') return true
  const lead = told(world, act.into, today)
  const leads = [...world.cases.keys()].some((id) => told(world, id, today).mergedInto === caseId && told(world, id, today).counted)
  return lead.open && lead.status !== '已并案' && lead.status !== '待审批' && lead.receivedOn <= self.receivedOn && !leads
}

/** 记下做成的事，连同随之走的各件；返回拆出的。 */
async function recordAct(world: World, caseId: string, act: Act, today: Day): Promise<string[]> {
  const { acts, person } = tale(world, caseId)
  const state = await world.desk.stateOf(caseId)
  const start = walkDays(acts, world.rules)?.start ?? act.on
  if (act.act === 'consultation-sent') acts.push({ ...act, id: state.consultations.at(-1)?.id ?? '' })
  else acts.push(act.act === 'supplement-asked' ? { ...act, late: act.on > workdaysAfter(start, 7) } : act)
  for (const [id, follower] of world.cases) {
    const one = told(world, id, today)
    if (one.mergedInto !== caseId || !one.counted) continue
    const waiting = one.status === '已并案'
    if (act.act === 'decided' && waiting) follower.acts.push(act)
    if (act.act === 'dispatched' && one.status === '已作出决定') follower.acts.push(act)
    if (act.act === 'served' && one.status === '已发出') follower.acts.push(act)
    if (act.act === 'outcome-corrected' && one.decidedOn !== null && !follower.acts.some((each) => each.act === 'withdrawn')) follower.acts.push(act)
    if (['withdrawn', 'closed', 'split', 'voided'].includes(act.act) && waiting) follower.acts.push({ act: 'unmerged', on: today })
  }
  if (act.act !== 'split') return []
  const on = receivedOf(acts) ?? today
  const { column } = told(world, caseId, today)
  for (const id of state.splitInto) world.cases.set(id, { person, acts: [{ act: 'received', on, column }] })
  return [...state.splitInto]
}

/** 案件页与所说的一致。 */
export async function agreeOn(world: World, caseId: string, today: Day): Promise<Seen> {
  world.setToday(today)
  const say = told(world, caseId, today)
  const seen = await openCase(world.desk, caseId, 'officer')
  const due = !say.counted ? null : (say.due ?? (say.decidedOn === null ? '期限暂停' : say.decidedOn))
  const wrong = (what: string, a: unknown, b: unknown): never => {
    throw new Disagreement(`${today} ${what}：所说 ${String(a)}，页面 ${String(b)}；${JSON.stringify(tale(world, caseId).acts)}`)
  }
  if (seen.status !== say.status) wrong('办到哪一步', say.status, seen.status)
  if (seen.due !== due) wrong('到期日', due, seen.due)
  if (say.counted && say.due !== null && !say.deferred && seen.paused !== say.paused) wrong('不计入的工作日', say.paused, seen.paused)
  if (say.open && seen.words.includes('已逾期') !== say.overdue) wrong('逾期', say.overdue, seen.words)
  if (say.waitsUntil !== null && say.open && !seen.words.includes(say.waitsUntil)) wrong('申请人的期限', say.waitsUntil, seen.words)
  if (say.counted && !say.open && say.late !== null && seen.words !== (say.late === 0 ? '按期答复' : `逾期 ${say.late} 个工作日`)) wrong('按期与否', say.late, seen.words)
  const { fee, decision } = await world.desk.stateOf(caseId)
  if ((fee?.amount ?? 0) !== (say.fee?.yuan ?? 0) * 100) wrong('费用', say.fee?.yuan, fee?.amount)
  if ((decision?.decidedOn ?? null) !== say.decidedOn || (decision?.row ?? null) !== say.row) wrong('计入的行', `${say.decidedOn} ${say.row}`, `${decision?.decidedOn} ${decision?.row}`)
  return seen
}

/** 这一步的文书：种类、日期、金额、救济与所说的一致。 */
async function agreeOnLetter(world: World, caseId: string, act: Act, today: Day): Promise<void> {
  const expected = letterFor(world, caseId, act, today)
  if (expected === null) return
  const { ok, text } = await draftLetter(world.desk, caseId, expected.type, expected.fields)
  const missing = ok ? expected.says.filter((words) => !text.includes(words)) : [`拟不成：${refusalIn(text)}`]
  if (missing.length > 0) throw new Disagreement(`${today} ${expected.type}：没有「${missing.join('」「')}」；${JSON.stringify(tale(world, caseId).acts)}`)
  const never = expected.never.filter((words) => text.includes(words))
  if (never.length > 0) throw new Disagreement(`${today} ${expected.type}：不该有「${never.join('」「')}」`)
}

interface ExpectedLetter {
  type: string
  fields: Readonly<Record<string, string>>
  says: string[]
  never: string[]
}

const REMEDIES = ['申请行政复议', '提起行政诉讼']

function letterFor(world: World, caseId: string, act: Act, today: Day): ExpectedLetter | null {
  const say = told(world, caseId, today)
  const procedural = (type: string, fields: Readonly<Record<string, string>>, says: string[]): ExpectedLetter => ({ type, fields, says, never: REMEDIES })
  if (act.act === 'decided' || act.act === 'closed' || act.act === 'withdrawn') {
    if (say.outcome === null || say.decidedOn === null || (act.act !== 'withdrawn' && say.mergedInto !== null)) return null
    const { letter, title, remedy } = answerLetter(say.outcome, say.decidedOn, world.rules, world.offices)
    return { type: letter, fields: outcomeEntry(say.outcome).fields ?? {}, says: [title, remedy], never: remedy.includes('先向') ? ['6个月内'] : ['先向'] }
  }
  if (act.on !== today) return null
  const isLate = tale(world, caseId).acts.findLast((each) => each.act === 'supplement-asked')?.late === true
  switch (act.act) {
    case 'supplement-asked':
      return procedural('L03', { items: '没有写明名称', requirements: '写明名称', days: String(act.workdays) }, [`至${inChinese(workdaysAfter(today, act.workdays))}止`, isLate ? '答复期限不因本次补正停止' : '答复期限自本机关收到补正的申请之日起计算'])
    case 'extended':
      return procedural('L05', { reason: '须逐件审查', days: String(act.days) }, [`延长答复期限${act.days}个工作日`, say.due === null ? '待征求意见结束后确定' : `本机关将于${inChinese(say.due)}前（含当日）作出答复`])
    case 'fee-noticed':
      return procedural('L12', { mode: 'PAGES', pages: String(act.pages), payHow: '凭缴款码缴纳' }, [`合计应缴纳${feeForPages(act.pages)}元`, `至${inChinese(workdaysAfter(today, 20))}止`])
    case 'deferred':
      return procedural('L13', { facts: '数量较大', until: act.until }, [`延迟答复的期限至${inChinese(act.until)}`])
    case 'consultation-sent': {
      const type = act.whom === 'THIRD_PARTY' ? 'L06' : act.whom === 'CO_AGENCY' ? 'L10' : null
      if (type === null) return null
      return procedural(type, { recipient: '某某公司', infoName: '某合同', involved: '报价', interest: 'SECRET' }, [`至${inChinese(workdaysAfter(today, 15))}止`, type === 'L06' ? '由本机关依照' : '视为同意公开'])
    }
    default:
      return null
  }
}

/** 作出决定、不再处理的，发出、签收，页面说的按期与否照说的。 */
export async function deliver(world: World, caseId: string, today: Day, pick: number): Promise<Day> {
  if (!['已作出决定', '不再处理'].includes(told(world, caseId, today).status)) return today
  const served = daysAfter(today, 3)
  for (const [name, day] of [['dispatch', today], ['serve', served]] as const) {
    world.setToday(day)
    const step = fillStep(name, { ...situation(world, caseId, day), pick, back: 0 })
    if (step !== null) await perform(world, caseId, step, day, 'officer')
  }
  return served
}

/** 还在办的，依次试各种出路，至多十二步，须能答复或不再处理。 */
export async function findEnd(world: World, caseId: string, from: Day): Promise<Day> {
  let today = from
  for (let turn = 0; turn < 14; turn++) {
    world.setToday(today)
    const say = told(world, caseId, today)
    if (!say.open) return today
    // 并入前案的随前案
    if (say.mergedInto !== null) {
      const end = await findEnd(world, say.mergedInto, today)
      if (told(world, caseId, end).open && told(world, caseId, end).mergedInto !== null) throw new Disagreement(`${caseId} 随前案走不到头`)
      today = end
      continue
    }
    if (!(await anyWay(world, caseId, today))) today = daysAfter(today, 7)
  }
  if (told(world, caseId, today).open) throw new Disagreement(`走不到头：${JSON.stringify(tale(world, caseId).acts)}`)
  return today
}

const WAYS = ['receive-supplement', 'return-consultation', 'give-reason', 'pay-fee', 'close', 'approve', 'propose'] as const

async function anyWay(world: World, caseId: string, today: Day): Promise<boolean> {
  const { acts } = tale(world, caseId)
  for (const who of ['officer', 'head', 'leader'] as const) {
    const { offered } = await openCase(world.desk, caseId, who)
    for (const name of WAYS) {
      if (!offered.includes(name)) continue
      const step = fillStep(name, { ...situation(world, caseId, today), pick: 1, back: 0 })
      if (step === null || step.act === null || !mayHappen(acts, step.act, today, world.rules, who !== 'officer')) continue
      if ((await perform(world, caseId, step, today, who)).length === 0) return true
    }
  }
  return false
}
