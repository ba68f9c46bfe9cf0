import { reportsInTime, reportsRight } from '../src/annual-report/index.ts'
import { findBodyByCode } from '../src/bodies/index.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import { settleNotices } from '../src/notices/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { actOnMatter, actOnSheet, changeScheme, draftScheme, fillLine, getScheme, getSheet, leastReplyBy, listQuestionRecords, openMatter, openScheme, proposeResult, publishResult, toSources } from '../src/supervision/testing.ts'
import type { LineGiven, SheetStep, Sources } from '../src/supervision/testing.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import { after, before } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'

const YEAR = 2025
const DAYS = { opened: '2026-02-02', self: '2026-02-06', selfBy: '2026-02-13', checked: '2026-02-26', answered: '2026-03-02', decided: '2026-03-05', published: '2026-03-12' } as const
const JUDGED = ['14', '15'] as const
/** 各机关的两项自评，与核查所改的一项 */
const SELF: Readonly<Record<(typeof JUDGED)[number], readonly number[]>> = { '14': [4_00, 3_50, 4_00, 3_00], '15': [3_50, 4_00, 3_00] }
const APPEALS = 'slqzjj'
const NOTE = { part: 'self', exempt: false, evidence: null } as const

/** 示例区 2025 年度的责任考核：自评、核查、一个机关申诉、复核、公布。真实存在的武昌区城市运行管理中心不在考核之列。 */
export async function loadExampleAssessment(deps: Deps, bodies: readonly ExampleBody[], office: SignedInActor): Promise<void> {
  const sources = toSources({ reportsInTime, reportsRight })
  const on = (day: PlainDate, time?: string): Deps => atDay(deps, day, time)
  await must(draftScheme(on(DAYS.opened), office, YEAR))
  await must(changeScheme(on(DAYS.opened), office, { year: YEAR, seen: 1, title: `${YEAR} 年度政务公开责任考核`, basis: '条例第四十六条、示例区政务公开工作考核办法（演示）', selfBy: DAYS.selfBy, appealDays: 10, ranking: true }))
  await must(openScheme(on(DAYS.opened, '10:30'), office, { year: YEAR, seen: 2 }))
  const wuchang = await findBodyByCode(deps.db, 'csyxglzx')
  if (wuchang !== null) await walk({ deps: on(DAYS.opened, '11:00'), sources, bodyId: wuchang.bodyId, actor: office }, 'excuse', '本次只考核示例区的机关')
  const assessed = bodies.filter(({ kind, abolishedOn }) => kind !== 'district-office' && abolishedOn === null)
  for (const [i, body] of assessed.entries()) await assess({ deps: on(DAYS.self), sources, bodyId: body.bodyId, actor: office }, body, i, on)
  const then = on(DAYS.published, '15:00')
  const { hash } = await proposeResult(then.db, sources, { year: YEAR, today: DAYS.published })
  await must(publishResult(then, office, sources, { year: YEAR, seen: 3, hash }))
  // 都办过了，不留给演示的人一件件标已读
  await settleNotices(then.db, { bodyId: office.bodyId, accounts: [office.accountId], prefix: 'assessment/', at: then.clock.now() })
}

interface At {
  deps: Deps
  sources: Sources
  bodyId: string
  actor: SignedInActor
}

async function assess(at: At, { staff, code }: ExampleBody, i: number, on: (day: PlainDate) => Deps): Promise<void> {
  const mine = (actor: SignedInActor, day: PlainDate): At => ({ ...at, actor, deps: on(day) })
  for (const judged of JUDGED) await fill(mine(staff.officer, DAYS.self), { ...NOTE, code: judged, points: SELF[judged][i % SELF[judged].length] ?? 0, note: judged === '14' ? '机构、人员、制度齐备' : '政策文件都有解读' })
  await walk(mine(staff.head, DAYS.self), 'submit')
  const office = mine(at.actor, DAYS.checked)
  const amended = i % 4 === 1
  await fill(office, { ...NOTE, part: 'check', code: '14', points: amended ? 3_00 : (SELF['14'][i % 4] ?? 0), note: amended ? '归档制度没有修订' : '' })
  await fill(office, { ...NOTE, part: 'check', code: '15', points: SELF['15'][i % 3] ?? 0, note: '' })
  await walk(office, 'finish-check')
  if (code !== APPEALS) return walk(mine(staff.head, DAYS.answered), 'accept')
  await fill(mine(staff.officer, DAYS.answered), { ...NOTE, part: 'appeal', code: '15', points: null, note: '全年另有两次在线访谈，没有计入' })
  await walk(mine(staff.head, DAYS.answered), 'appeal')
  await fill(mine(at.actor, DAYS.decided), { ...NOTE, part: 'decide', code: '15', points: 3_80, note: '在线访谈属实，酌加' })
  await walk(mine(at.actor, DAYS.decided), 'decide')
}

const seenOf = async ({ deps, bodyId }: At): Promise<number> => (await getSheet(deps.db, bodyId, (await getScheme(deps.db, YEAR)).schemeId)).version

const walk = async (at: At, step: SheetStep, reason = ''): Promise<void> => must(actOnSheet(at.deps, at.actor, at.sources, { step, reason, year: YEAR, bodyId: at.bodyId, seen: await seenOf(at) }))

const fill = async (at: At, given: LineGiven): Promise<void> => must(fillLine(at.deps, at.actor, { ...given, year: YEAR, bodyId: at.bodyId, seen: await seenOf(at) }))

/** 两件责任追究：一件眼下等示例街道陈述申辩，一件已经办结。 */
export async function loadLivingAccountability(deps: Deps, { street, other, office }: { street: ExampleBody; other: ExampleBody; office: SignedInActor }, today: PlainDate): Promise<void> {
  const then = atDay(deps, before(after(today, 0), 1), '15:20')
  const sources = toSources({ reportsInTime, reportsRight })
  const open = async (bodyId: string, title: string, findings: string, trigger?: 'late-answer'): Promise<string | null> => {
    const day = then.clock.today()
    const by = await leastReplyBy(then.db, bodyId, day)
    if (by === null) return null
    const records = trigger === undefined ? [] : (await listQuestionRecords(then.db, sources, { bodyId, trigger, year: YEAR, today: day, viewer: { accountId: office.accountId, standsFor: [] } })).open
    const basis = '条例第五十三条'
    const made = await openMatter(then, office, sources, { bodyId, title, basis, picked: trigger === undefined ? null : { trigger, year: YEAR, recordIds: records.map(({ recordId }) => recordId) } })
    if (!made.ok) throw new Error(made.refusal)
    await must(actOnMatter(then, office, { bodyId, matterId: made.matterId, seen: 1, step: 'tell', given: { ...SAID, said: findings, basis, by } }))
    return made.matterId
  }
  await open(street.bodyId, '2025 年度报告为何有一处数字前后不一', '送审的 2025 年度报告第一部分与第三部分的件数不一致，校核时没有改正。')
  const matterId = await open(other.bodyId, '2025 年为何有申请没有按期答复', '答复超过期限，没有办理延期，也没有征求意见。', 'late-answer')
  if (matterId === null) return
  const ref = { bodyId: other.bodyId, matterId }
  await must(actOnMatter(then, other.staff.head, { ...ref, seen: 2, step: 'reply', given: { ...SAID, said: '经办人调岗，交接时遗漏，已建立到期提醒。' } }))
  await must(actOnMatter(then, office, { ...ref, seen: 3, step: 'decide', given: { ...SAID, said: '采纳部分陈述，情节较轻。', measures: ['talk'] } }))
}

const SAID = { said: '', basis: '', subject: null, by: null, measures: [], file: null } as const

async function must(done: Promise<{ ok: true } | { ok: false; refusal: string }>): Promise<void> {
  const answer = await done
  if (!answer.ok) throw new Error(`演示的考核走不通：${answer.refusal}`)
}
